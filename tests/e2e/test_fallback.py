"""A sick upstream: who answers instead, what the client sees, and what the log says of it.

Without further tries at the same target, and without breakers: `test_faults.py` is about those.
"""

import asyncio
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from openai import APIError

from tests.e2e.house import HELLO, Got, House
from tests.fakes import (
    Answer,
    CutAfter,
    Ending,
    ErrorEvent,
    Fail,
    Garbage,
    Refused,
    Silence,
    SlowHeaders,
    Upstream,
)
from tests.fakes.completion import DONE, EVENT_STREAM
from tests.fakes.errors import error_body
from tests.fakes.exchange import Exchange
from tests.fakes.upstream import Behaviour


@dataclass(frozen=True, slots=True)
class Raw:
    """Answers with exactly these bytes, in exactly these writes."""

    pieces: tuple[bytes, ...]
    status: int = 200
    content_type: str = EVENT_STREAM
    headers: Mapping[str, str] | None = None

    async def play(self, exchange: Exchange) -> None:
        await exchange.begin(self.content_type, self.status, self.headers)
        for piece in self.pieces:
            await exchange.write(piece)
            await exchange.pause(0.01)
        await exchange.end()


BEFORE_CONTENT: dict[str, tuple[Behaviour, str, int]] = {
    "429": (Fail(429), "rate_limited", 429),
    "500": (Fail(500), "server_error", 500),
    "502-html": (Fail(502, b"<html>bad gateway</html>"), "server_error", 502),
    "503": (Fail(503), "server_error", 503),
    "529": (Fail(529), "overloaded", 529),
    "redirect": (Fail(302, b""), "unreadable", 502),
    "accepted": (Fail(202, b""), "unreadable", 502),
    "cut-at-once": (CutAfter(0), "cut", 502),
    "reset-at-once": (CutAfter(0, Ending.RESET), "cut", 502),
    "not-http": (Garbage(raw=True), "unreadable", 502),
}
STREAMED_ONLY: dict[str, tuple[Behaviour, str, int]] = {
    "cut-after-role": (CutAfter(1), "cut", 502),
    "ended-after-role": (CutAfter(1, Ending.TERMINATED), "cut", 502),
    "error-event": (ErrorEvent(0), "server_error", 502),
    "error-after-role": (ErrorEvent(1, with_done=True), "server_error", 502),
    "error-with-a-code": (
        ErrorEvent(0, error_body("Slow.", "rate_limit_error")),
        "rate_limited",
        429,
    ),
    "no-json": (Raw((b"data: <html>\n\n",)), "unreadable", 502),
    "no-object": (Raw((b"data: [1]\n\n",)), "unreadable", 502),
    "only-done": (Raw((DONE,)), "unreadable", 502),
    "only-comments": (Raw((b": busy\n\n", b": busy\n\n")), "cut", 502),
    "nothing": (Raw(()), "cut", 502),
    "garbage": (Garbage(), "cut", 502),
}
WHOLE_ONLY: dict[str, tuple[Behaviour, str, int]] = {
    "cut-in-the-middle": (CutAfter(1), "cut", 502),
    "error-body": (ErrorEvent(), "server_error", 502),
    "html": (Garbage(b"<html>", "text/html"), "unreadable", 502),
    "garbage": (Garbage(), "unreadable", 502),
    "error-with-a-code": (
        ErrorEvent(body=error_body("Busy.", "overloaded_error")),
        "overloaded",
        503,
    ),
    "an-empty-object": (Raw((b"{}",), content_type="application/json"), "unreadable", 502),
    "no-choices": (Raw((b'{"choices":[]}',), content_type="application/json"), "unreadable", 502),
    "a-list": (Raw((b"[1]",), content_type="application/json"), "unreadable", 502),
}


@pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
async def test_the_next_target_answers(
    house: House, up: Upstream, other: Upstream, stream: bool, subtests: pytest.Subtests
) -> None:
    await _two(house, up, other)
    cases = BEFORE_CONTENT | (STREAMED_ONLY if stream else WHOLE_ONLY)
    for name, (behaviour, _, _) in cases.items():
        # As the default: aiohttp asks again by itself where a kept connection turns out dead.
        up.default = behaviour
        with subtests.test(name):
            _answered_by_other(await house.ask(stream=stream), stream=stream)
    rows = await house.rows(len(cases))
    for (name, (_, failure, status)), row in zip(cases.items(), rows, strict=True):
        with subtests.test(name, part="row"):
            assert (row["status"], row["target"], row["error"]) == (200, "backup/gamma", None)
            first, second = row["attempts"]
            assert (first["target"], first["outcome"]) == ("acme/alpha", "failed")
            assert (first["failure"], first["status"]) == (failure, status)
            assert first["error"]
            assert (second["target"], second["outcome"]) == ("backup/gamma", "answered")


@pytest.fixture(autouse=True)
async def _tried_only_once(house: House) -> None:
    await house.set(dispatch__retries=0, dispatch__breaker_failures=0)


async def _two(house: House, up: Upstream, other: Upstream, **rule: Any) -> None:
    await house.add(up)
    await house.add(other, "backup")
    await house.rule("acme/alpha", "backup/gamma", **rule)


def _answered_by_other(got: Got, *, stream: bool, attempts: int = 2) -> None:
    assert got.headers["x-butler-attempts"] == str(attempts)
    assert got.headers["x-butler-target"] == "backup/gamma"
    assert (got.headers["x-butler-layer"], got.headers["x-butler-rule"]) == ("rules", "everything")
    if stream:
        assert got.text == "Hello from the upstream."
        assert {event["model"] for event in got.events[:-1]} == {"backup/gamma"}
    else:
        assert got.json["model"] == "backup/gamma"


async def test_a_refused_and_a_killed_upstream(house: House, up: Upstream, other: Upstream) -> None:
    with Refused() as refused:
        await house.add_address("dead", refused.base_url)
        await house.add(up)
        await house.add(other, "backup")
        await house.rule("dead/alpha", "acme/alpha", "backup/gamma")
        assert (await house.ask(stream=True)).headers["x-butler-attempts"] == "2"
        await up.stop()
        _answered_by_other(await house.ask(stream=True), stream=True, attempts=3)
        rows = await house.rows(2)
    assert next(attempt["failure"] for attempt in rows[1]["attempts"]) == "connect"
    assert [attempt["status"] for attempt in rows[1]["attempts"]] == [502, 502, 200]


async def test_a_name_that_no_resolver_knows(house: House, other: Upstream) -> None:
    # The unspecified address with port 1: nothing listens, and nothing leaves this machine.
    await house.add_address("dead", "http://127.0.0.1:1/v1")
    await house.add(other, "backup")
    await house.rule("dead/alpha", "backup/gamma")
    _answered_by_other(await house.ask(), stream=False)


async def test_what_another_target_would_refuse_too_is_not_tried_there(
    house: House, up: Upstream, other: Upstream, subtests: pytest.Subtests
) -> None:
    await _two(house, up, other)
    cases = [(status, stream) for status in (400, 405, 409, 422) for stream in (True, False)]
    for status, stream in cases:
        up.script(Fail(status))
        got = await house.ask(stream=stream)
        with subtests.test(status=status, stream=stream):
            assert (got.status, got.headers["x-butler-attempts"]) == (status, "1")
            assert got.error["message"] == f"The request was refused with status {status}."
    assert not other.seen
    for (status, _), row in zip(cases, await house.rows(len(cases)), strict=True):
        assert (row["status"], row["target"]) == (status, None)
        assert row["attempts"][0]["failure"] == "refused"


async def test_a_named_model_never_falls_to_another(
    house: House, up: Upstream, other: Upstream
) -> None:
    await house.add(up, models=[{"name": "alpha", "alias": "quick"}])
    await house.add(other, "backup")
    await house.rule("acme/alpha", "backup/gamma")
    for name in ("acme/alpha", "alpha", "quick"):
        up.script(Fail(503, retry_after="7"))
        got = await house.ask(name)
        assert (got.status, got.headers["Retry-After"]) == (503, "7")
        assert got.headers["x-butler-target"] == "acme/alpha"
        assert (got.headers["x-butler-layer"], got.headers["x-butler-attempts"]) == ("direct", "1")
    assert not other.seen


async def test_when_all_fail_the_last_failure_is_told(
    house: House, up: Upstream, other: Upstream
) -> None:
    await _two(house, up, other)
    up.script(Fail(500))
    other.script(Fail(429, retry_after="12"))
    got = await house.ask(stream=True)
    assert (got.status, got.error["code"]) == (429, "rate_limit_exceeded")
    assert (got.headers["Retry-After"], got.headers["x-butler-attempts"]) == ("12", "2")
    row = await house.row()
    assert (row["status"], row["target"], row["usage_source"]) == (429, None, "unknown")
    assert row["cost_source"] == "unknown"
    assert [attempt["status"] for attempt in row["attempts"]] == [500, 429]


async def test_a_fallback_that_is_gone_is_left_out(
    house: House, up: Upstream, other: Upstream
) -> None:
    await _two(house, up, other)
    found = (await house.admin("GET", "providers/backup")).json
    await house.admin("PATCH", f"providers/{found['id']}", {"enabled": False})
    up.script(Fail(500))
    got = await house.ask()
    assert (got.status, got.headers["x-butler-attempts"]) == (500, "1")


async def test_a_refusal_in_many_pieces_reaches_the_client_whole(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    vendor = {"error": {"message": "Not like this.", "type": "t", "param": "p", "code": "c"}}
    data = json.dumps(vendor).encode()
    pieces = tuple(data[at : at + 9] for at in range(0, len(data), 9))
    up.script(Raw(pieces, 400, "application/json"))
    got = await house.ask()
    assert (got.status, got.raw) == (400, data)


async def test_a_refusal_that_is_no_json_gets_words(house: House, up: Upstream) -> None:
    await house.add(up)
    up.script(Fail(404, b"<html>nginx</html>"))
    got = await house.ask()
    assert (got.status, got.error["code"]) == (404, "model_not_found")
    assert got.error["type"] == "upstream_error"
    assert "acme" in got.error["message"]


# --- after the first content ---


async def test_what_fails_after_content_ends_as_an_error_event(
    house: House, up: Upstream, other: Upstream
) -> None:
    await _two(house, up, other)
    behaviours = (CutAfter(3), CutAfter(3, Ending.RESET), CutAfter(3, Ending.TERMINATED))
    for behaviour in behaviours:
        up.script(behaviour)
        got = await house.ask(stream=True)
        assert (got.status, got.text) == (200, "Hello from ")
        error = got.events[-1]["error"]
        assert (error["code"], error["type"], error["param"]) == ("cut", "server_error", None)
    assert not other.seen
    for row in await house.rows(len(behaviours)):
        assert (row["status"], row["target"]) == (502, "acme/alpha")
        assert "complete" in row["error"]
        assert (row["usage_source"], row["output_tokens"]) == ("estimated", 3)


async def test_an_error_event_after_content_is_handed_on_as_it_came(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    up.script(ErrorEvent(3, with_done=True))
    got = await house.ask(stream=True)
    assert got.events[-2]["error"]["message"] == "The server had an error."
    assert got.events[-1] == "[DONE]"
    row = await house.row()
    assert (row["status"], row["error"]) == (
        502,
        "The provider reported an error in its answer.",
    )


async def test_the_sdk_raises_what_a_stream_could_not_finish(house: House, up: Upstream) -> None:
    await house.add(up)
    up.script(CutAfter(3))
    async with house.sdk() as sdk:
        stream = await sdk.chat.completions.create(model="auto", messages=HELLO, stream=True)
        with pytest.raises(APIError, match="before the answer was complete"):
            async for _ in stream:
                pass


async def test_a_stream_without_done_is_complete_after_its_finish(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    chunk = b'data: {"model":"alpha","choices":[{"index":0,"delta":{"content":"x"},'
    up.script(Raw((chunk + b'"finish_reason":"stop"}]}\n\n',)))
    got = await house.ask(stream=True)
    assert got.raw == chunk.replace(b'"alpha"', b'"acme/alpha"') + b'"finish_reason":"stop"}]}\n\n'
    assert (await house.row())["status"] == 200


# --- time limits, set while the engine runs ---


@contextmanager
def full_backlog() -> Iterator[str]:
    """An address that neither accepts nor refuses a connection."""
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(busy.getsockname())
        yield f"http://127.0.0.1:{busy.getsockname()[1]}/v1"
        for one in waiting:
            one.close()


async def test_who_accepts_no_connection_in_time(house: House, other: Upstream) -> None:
    with full_backlog() as address:
        await house.add_address("busy", address)
        await house.add(other, "backup")
        await house.rule("busy/alpha", "backup/gamma")
        await house.set(dispatch__connect_timeout_ms=100)
        for stream in (True, False):
            _answered_by_other(await house.ask(stream=stream), stream=stream)
    for row in await house.rows(2):
        attempt = row["attempts"][0]
        assert (attempt["failure"], attempt["status"]) == ("connect", 504)
        assert 90 < attempt["ms"] < 1500


@dataclass(frozen=True, slots=True)
class Slow:
    """A slow upstream, and what its client gets under limits of one second."""

    behaviour: Behaviour
    stream: bool = True
    moves_on: bool = True


FIRST_BYTE_AND_IDLE = {
    "no-head": Slow(Silence()),
    "slow-head": Slow(SlowHeaders(20)),
    "no-event": Slow(Silence(after=0)),
    "role-only": Slow(Silence(after=1)),
    "silent-after-content": Slow(Silence(after=3), moves_on=False),
}
TOTAL = {
    "no-head": Slow(Silence()),
    "no-event": Slow(Silence(after=0)),
    "trickle": Slow(Answer(text="word " * 200, chunk_delay_s=0.05), moves_on=False),
    "no-head-whole": Slow(Silence(), stream=False),
    "half-a-body": Slow(Silence(after=1), stream=False),
}


@pytest.mark.parametrize(
    ("settings", "cases"),
    [
        (
            {"dispatch.first_byte_timeout_ms": 1000, "dispatch.idle_timeout_ms": 1000},
            FIRST_BYTE_AND_IDLE,
        ),
        ({"dispatch.total_timeout_ms": 1000}, TOTAL),
    ],
    ids=["first-byte-and-idle", "total"],
)
async def test_silence_ends_when_the_limit_says(
    house: House, other: Upstream, settings: dict[str, int], cases: dict[str, Slow]
) -> None:
    """All at once, each at an upstream of its own, since the shortest limit is a second."""
    await house.add(other, "backup")
    await house.admin("PATCH", "settings", settings)
    async with AsyncExitStack() as stack:
        for name, slow in cases.items():
            up = await stack.enter_async_context(Upstream(default=slow.behaviour))
            await house.add(up, name)
            word = {"all": [{"kind": "keywords", "words": [name]}]}
            await house.rule(f"{name}/alpha", "backup/gamma", name=name, when=word)
        replies = await asyncio.gather(
            *(
                house.post({"messages": [{"role": "user", "content": name}], "stream": slow.stream})
                for name, slow in cases.items()
            )
        )
    for (name, slow), got in zip(cases.items(), replies, strict=True):
        target = "backup/gamma" if slow.moves_on else f"{name}/alpha"
        assert got.headers["x-butler-target"] == target
        if not slow.moves_on:
            assert got.events[-1]["error"]["code"] == "timeout"
            assert got.text.startswith(("Hello from ", "word word "))
    for row in await house.rows(len(cases)):
        slow, first = cases[row["rule_name"]], row["attempts"][0]
        assert row["status"] == (200 if slow.moves_on else 504)
        assert 950 < row["duration_ms"] < 3000
        if slow.moves_on:
            assert (first["failure"], first["status"]) == ("timeout", 504)
