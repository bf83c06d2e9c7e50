"""A vendor's faults, one by one: what the client sees, and how often the vendor was asked.

The first half is the table of faults that AI tools were put through, with one model; the second
says for every kind of failure where a call goes that has a second model to go to.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from openai import AsyncOpenAI, InternalServerError

from tests.e2e.house import HELLO, Got, House
from tests.e2e.vendors import FAILED, TEXT, Vendor, anthropic, openai, responses
from tests.fakes import AnthropicUpstream, Fail, Refused, Upstream
from tests.fakes.openai_responses import ResponsesUpstream
from tests.fakes.upstream import Behaviour

WAYS = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
BEAT = b": keepalive\n\n"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between tries are told in `test_retries.py`; here nobody has to sit through them."""
    monkeypatch.setattr("butler.engine.dispatch.retries.FIRST_PAUSE_S", 0.02)


@pytest.fixture(params=["openai", "anthropic", "responses"])
async def vendor(request: pytest.FixtureRequest) -> AsyncIterator[Vendor]:
    """Each vendor in turn, with its server."""
    made = {
        "openai": (Upstream, openai),
        "anthropic": (AnthropicUpstream, anthropic),
        "responses": (ResponsesUpstream, responses),
    }
    server, words = made[request.param]
    async with server() as up:
        yield words(up)


@pytest.fixture
async def alone(house: House, vendor: Vendor) -> AsyncIterator[Upstream]:
    """The vendor as the only provider, with its first model as the default."""
    await vendor.join(house)
    await house.set(dispatch__breaker_failures=0)
    yield vendor.up


def said(got: Got, *, stream: bool) -> str:
    """What the model said."""
    text: str = got.text if stream else got.json["choices"][0]["message"]["content"]
    return text


# --- the table of faults ---


@WAYS
@pytest.mark.parametrize("status", [400, 401, 402, 403, 404])
async def test_a_refusal_is_told_at_once(
    house: House, vendor: Vendor, alone: Upstream, stream: bool, status: int
) -> None:
    alone.default = vendor.fail(status)
    got = await house.ask(stream=stream)
    assert got.error["message"].endswith(FAILED)
    # The provider's key is not the client's: tools would try again, or put theirs aside.
    code = {401: "key_rejected", 402: "out_of_credit", 403: "key_rejected"}.get(status)
    assert got.status == (status if code is None else 400)
    assert code is None or (got.error["code"], "“acme”" in got.error["message"]) == (code, True)
    assert (len(alone.seen), got.headers["x-butler-attempts"]) == (1, "1")
    row = await house.row()
    assert (row["status"], row["attempts"][0]["status"]) == (got.status, status)


async def test_429_twice_with_retry_after_2(house: House, vendor: Vendor, alone: Upstream) -> None:
    """Both ways at once, since each takes its four seconds."""
    alone.script(*[vendor.fail(429, retry_after="2")] * 4)
    both = await asyncio.gather(house.ask(stream=True), house.ask())
    for stream, got in zip((True, False), both, strict=True):
        assert (got.status, said(got, stream=stream)) == (200, TEXT)
        assert got.headers["x-butler-attempts"] == "3"
    assert len(alone.seen) == 6
    for row in await house.rows(2):
        assert 4_000 < row["duration_ms"] < 6_000
        assert row["overhead_ms"] < 100


@WAYS
async def test_429_with_retry_after_300(
    house: House, vendor: Vendor, alone: Upstream, stream: bool
) -> None:
    alone.default = vendor.fail(429, retry_after="300")
    got = await house.ask(stream=stream)
    assert (got.status, got.headers["Retry-After"]) == (429, "60")
    assert len(alone.seen) == 1


@WAYS
@pytest.mark.parametrize("status", [500, 503, 529])
async def test_5xx_twice(
    house: House, vendor: Vendor, alone: Upstream, stream: bool, status: int
) -> None:
    alone.script(*[vendor.fail(status)] * 2)
    got = await house.ask(stream=stream)
    assert (got.status, said(got, stream=stream)) == (200, TEXT)
    assert len(alone.seen) == 3


@WAYS
async def test_503_for_ever(house: House, vendor: Vendor, alone: Upstream, stream: bool) -> None:
    alone.default = vendor.fail(503)
    got = await house.ask(stream=stream)
    assert (got.status, got.error["message"]) == (503, FAILED)
    assert (len(alone.seen), got.headers["x-butler-attempts"]) == (3, "3")
    assert got.headers["Retry-After"] == "1"


async def test_while_nobody_is_let_in_clients_hear_when_to_come_again(
    house: House, vendor: Vendor, alone: Upstream
) -> None:
    await house.set(dispatch__breaker_failures=1, dispatch__breaker_cooldown_ms=20_000)
    alone.default = vendor.fail(503)
    assert 15 <= int((await house.ask()).headers["Retry-After"]) <= 20


@WAYS
async def test_a_cut_before_content(
    house: House, vendor: Vendor, alone: Upstream, stream: bool
) -> None:
    alone.script(vendor.cut(1))
    got = await house.ask(stream=stream)
    assert (got.status, said(got, stream=stream)) == (200, TEXT)
    assert len(alone.seen) == 2


async def test_a_cut_after_content(house: House, vendor: Vendor, alone: Upstream) -> None:
    alone.default = vendor.cut(3)
    got = await house.ask(stream=True)
    assert (got.status, got.text) == (200, "Hello from ")
    assert got.events[-1]["error"]["code"] == "cut"
    assert len(alone.seen) == 1


@WAYS
async def test_an_error_in_a_200_before_content(
    house: House, vendor: Vendor, alone: Upstream, stream: bool
) -> None:
    whats = ("server", "overloaded", "rate")
    for what in whats:
        alone.script(vendor.reported(what))
        got = await house.ask(stream=stream)
        assert (got.status, said(got, stream=stream)) == (200, TEXT)
    assert len(alone.seen) == 2 * len(whats)


@WAYS
async def test_an_error_in_a_200_for_ever(
    house: House, vendor: Vendor, alone: Upstream, stream: bool
) -> None:
    alone.default = vendor.reported("overloaded")
    got = await house.ask(stream=stream)
    assert (got.status, got.error["message"]) == (503, "Overloaded.")
    assert len(alone.seen) == 3


async def test_an_error_event_after_content(house: House, vendor: Vendor, alone: Upstream) -> None:
    alone.default = vendor.reported("server", after=3)
    got = await house.ask(stream=True)
    assert (got.status, got.text) == (200, "Hello from ")
    assert got.events[-1]["error"]["message"] == "The server had an error."
    assert len(alone.seen) == 1
    assert (await house.row())["status"] == 502


@WAYS
async def test_keep_alive_comments(
    house: House, vendor: Vendor, alone: Upstream, stream: bool
) -> None:
    alone.default = vendor.comments()
    got = await house.ask(stream=stream)
    assert (got.status, said(got, stream=stream)) == (200, TEXT)
    assert len(alone.seen) == 1


@WAYS
async def test_a_long_silence(house: House, vendor: Vendor, alone: Upstream, stream: bool) -> None:
    """150 s against a heartbeat of 15 s, a hundred times faster."""

    await house.set(dispatch__heartbeat_ms=150)
    alone.script(vendor.late(1.5))
    got = await house.ask(stream=stream)
    assert (got.status, said(got, stream=stream)) == (200, TEXT)
    assert len(alone.seen) == 1
    assert (8 <= got.raw.count(BEAT) <= 10) is stream


# --- more than the table ---


async def test_a_client_that_tries_again_by_itself_is_not_helped_with_that(
    house: House, vendor: Vendor, alone: Upstream
) -> None:
    alone.default = vendor.fail(503)
    async with AsyncOpenAI(base_url=house.engine.base_url, api_key=house.token) as sdk:
        with pytest.raises(InternalServerError):
            await sdk.chat.completions.create(model="auto", messages=HELLO)
    # Three for the first call, and one for each of the library's own two.
    assert len(alone.seen) == 5


@WAYS
async def test_a_context_that_is_too_long_is_worded_as_clients_know_it(
    house: House, vendor: Vendor, alone: Upstream, stream: bool
) -> None:
    for status, what in ((400, "context"), (413, "context, in other words"), (413, "")):
        alone.script(vendor.fail(status, what))
        got = await house.ask(stream=stream)
        assert (got.status, got.error["code"]) == (400, "context_length_exceeded")
        assert "prompt is too long" in got.error["message"] or what == "context"
    assert len(alone.seen) == 3


async def test_a_named_model_is_tried_again_but_never_replaced(
    house: House, vendor: Vendor, alone: Upstream, other: Upstream
) -> None:
    await house.add(other, "backup")
    await house.rule("acme/alpha", "backup/gamma")
    for fault, tries in ((vendor.fail(503), 3), (vendor.fail(401), 1), (vendor.cut(0), 3)):
        alone.seen.clear()
        alone.default = fault
        got = await house.ask("acme/alpha", stream=True)
        assert (got.status >= 400, len(alone.seen)) == (True, tries)
    assert not other.seen


# --- where a call goes on ---


@dataclass(frozen=True)
class Course:
    """A failure that lasts, how often it is met, and who answers then (None: nobody)."""

    fault: Callable[[Vendor], Behaviour]
    tries: int
    failure: str
    answers: str | None = "backup/gamma"
    settings: dict[str, object] = field(default_factory=dict)


def failing(
    status: int, what: str = "", retry_after: str | None = None
) -> Callable[[Vendor], Behaviour]:
    return lambda vendor: vendor.fail(status, what, retry_after)


def reporting(what: str) -> Callable[[Vendor], Behaviour]:
    return lambda vendor: vendor.reported(what)


COURSES = {
    "429": Course(failing(429), 3, "rate_limited"),
    "429-short": Course(failing(429, retry_after="0.1"), 3, "rate_limited"),
    "429-long": Course(failing(429, retry_after="300"), 1, "rate_limited"),
    "429-quota": Course(failing(429, "quota"), 1, "out_of_credit"),
    "500": Course(failing(500), 3, "server_error"),
    "503": Course(failing(503), 3, "server_error"),
    "503-long": Course(failing(503, retry_after="60"), 1, "server_error"),
    "529": Course(failing(529, "overloaded"), 3, "overloaded"),
    "overloaded-in-200": Course(reporting("overloaded"), 3, "overloaded"),
    "rate-in-200": Course(reporting("rate"), 3, "rate_limited"),
    "server-in-200": Course(reporting("server"), 3, "server_error"),
    "cut": Course(lambda vendor: vendor.cut(1), 3, "cut"),
    "401": Course(failing(401), 1, "key_rejected"),
    "403": Course(failing(403), 1, "key_rejected"),
    "402": Course(failing(402), 1, "out_of_credit"),
    "404": Course(failing(404, "no model"), 1, "model_not_found"),
    "context": Course(failing(400, "context"), 1, "context_length_exceeded", "backup/delta"),
    "413": Course(failing(413), 1, "context_length_exceeded", "backup/delta"),
    "policy": Course(failing(400, "policy"), 1, "content_policy", None),
    "policy-allowed": Course(
        failing(400, "policy"), 1, "content_policy", settings={"dispatch.policy_moves_on": True}
    ),
    "400": Course(failing(400), 1, "refused", None),
    "422": Course(failing(422), 1, "refused", None),
}
FACTS = [{"name": "gamma", "context_tokens": 8_000}, {"name": "delta", "context_tokens": 64_000}]


@WAYS
@pytest.mark.parametrize("course", COURSES.values(), ids=COURSES)
async def test_the_course_of_a_call(
    house: House, vendor: Vendor, other: Upstream, stream: bool, course: Course
) -> None:
    sized = [{"name": "alpha", "context_tokens": 8_192}]
    await vendor.join(house, models=sized)
    await house.add(other, "backup", models=FACTS)
    await house.rule("acme/alpha", "backup/gamma", "backup/delta")
    await house.admin("PATCH", "settings", course.settings)
    vendor.up.default = course.fault(vendor)
    got = await house.ask(stream=stream)
    assert len(vendor.up.seen) == course.tries
    row = await house.row()
    failed = [each for each in row["attempts"] if each["outcome"] == "failed"]
    assert [each["failure"] for each in failed] == [course.failure] * course.tries
    assert row["target"] == course.answers
    if course.answers is None:
        assert (400 <= got.status < 500, other.seen) == (True, [])
    else:
        assert (got.status, said(got, stream=stream)) == (200, TEXT)
        assert [seen.body["model"] for seen in other.seen] == [course.answers.split("/")[1]]


@WAYS
async def test_who_refuses_connections_is_tried_again(
    house: House, other: Upstream, stream: bool
) -> None:
    with Refused() as refused:
        await house.add_address("dead", refused.base_url)
        await house.add(other, "backup")
        await house.rule("dead/alpha", "backup/gamma")
        got = await house.ask(stream=stream)
    assert (got.status, got.headers["x-butler-attempts"]) == (200, "4")


async def test_who_is_too_slow_is_not_tried_again(
    house: House, vendor: Vendor, other: Upstream
) -> None:
    await vendor.join(house)
    await house.add(other, "backup")
    await house.rule("acme/alpha", "backup/gamma")
    await house.set(dispatch__first_byte_timeout_ms=1000, dispatch__total_timeout_ms=1500)
    vendor.up.default = vendor.silence(60)
    both = await asyncio.gather(house.ask(stream=True), house.ask())
    assert [got.status for got in both] == [200, 200]
    assert len(vendor.up.seen) == 2
    for row in await house.rows(2):
        assert [each["failure"] for each in row["attempts"]] == ["timeout", None]


async def test_nothing_larger_is_known(house: House, vendor: Vendor, other: Upstream) -> None:
    await vendor.join(house, models=[{"name": "alpha", "context_tokens": 8_192}])
    await house.add(other, "backup")
    await house.rule("acme/alpha", "backup/gamma")
    vendor.up.default = vendor.fail(400, "context")
    got = await house.ask()
    assert (got.status, got.error["code"]) == (400, "context_length_exceeded")
    assert not other.seen


async def test_a_larger_one_that_fails_does_not_lead_back_to_a_small_one(
    house: House, vendor: Vendor, other: Upstream
) -> None:
    await vendor.join(house, models=[{"name": "alpha", "context_tokens": 9_000}])
    await house.add(other, "backup", models=FACTS)
    await house.rule("acme/alpha", "backup/delta", "backup/gamma")
    vendor.up.default = vendor.fail(400, "context")
    other.default = Fail(402)
    got = await house.ask()
    assert (got.status, got.error["code"]) == (400, "out_of_credit")
    assert [seen.body["model"] for seen in other.seen] == ["delta"]
