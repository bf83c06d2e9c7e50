"""The same request once more: joined, held back, or failed again; and never one too few."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.house import Got, House, until
from tests.fakes import Answer, CutAfter, Fail, SlowHeaders, ToolCall, ToolCalls, Upstream

LAYERS = {"cache.semantic": False, "embedding.enabled": False, "arbiter.enabled": False}
RETRY = {"x-stainless-retry-count": "1"}
TOOL = {"type": "function", "function": {"name": "ls", "parameters": {"type": "object"}}}
SLOW = SlowHeaders(0.8, Answer(text="one answer"))
WAYS = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])


@pytest.fixture
async def house(tmp_path: Path, up: Upstream) -> AsyncIterator[House]:
    """A house with the exact cache, and one provider."""
    settings = {**LAYERS, "dispatch.retries": 0}
    async with House(tmp_path / "data", command_line=settings, all_layers=True) as living:
        await living.add(up)
        await living.set(dispatch__breaker_failures=0)
        yield living


def body(**more: Any) -> dict[str, Any]:
    return {"model": "auto", "messages": [{"role": "user", "content": "Name a river."}], **more}


async def asked(up: Upstream, count: int = 1) -> None:
    await until(lambda: len(up.seen) >= count)


def said(got: Got) -> str:
    if got.headers["Content-Type"].startswith("text/event-stream"):
        return got.text
    text: str = got.json["choices"][0]["message"]["content"]
    return text


def caches(got: list[Got]) -> list[str]:
    return sorted(each.headers["x-butler-cache"] for each in got)


async def test_many_that_ask_the_same_get_one_answer(house: House, up: Upstream) -> None:
    up.script(SLOW)
    ways = [False, True, True, False, True]
    got = await asyncio.gather(*(house.post(body(stream=stream)) for stream in ways))
    assert [each.status for each in got] == [200] * 5
    assert {said(each) for each in got} == {"one answer"}
    assert caches(got) == ["joined"] * 4 + ["miss"]
    assert len(up.seen) == 1
    rows = await house.rows(5)
    joined = [row for row in rows if row["layer"] == "exact_cache"]
    assert len(joined) == 4
    for row in joined:
        assert row["attempts"] == []
        assert "the same was being asked" in row["trace"][-1]["reason"]
        assert row["overhead_ms"] < 300 < row["duration_ms"]


@WAYS
async def test_the_first_failing_lets_the_next_one_lead(
    house: House, up: Upstream, stream: bool
) -> None:
    up.script(SlowHeaders(0.6, CutAfter(0)), SLOW)  # type: ignore[arg-type]
    got = await asyncio.gather(*(house.post(body(stream=stream)) for _ in range(3)))
    assert sorted(each.status for each in got) == [200, 200, 502]
    assert len(up.seen) == 2
    assert caches([each for each in got if each.status == 200]) == ["joined", "miss"]


async def test_a_leader_whose_client_leaves_is_followed(house: House, up: Upstream) -> None:
    up.script(SlowHeaders(30), SLOW)
    first = asyncio.create_task(house.post(body()))
    await asked(up)
    second = asyncio.create_task(house.post(body()))
    await until_in_flight(house, 2)
    first.cancel()
    got = await second
    assert (got.status, said(got), len(up.seen)) == (200, "one answer", 2)


async def until_in_flight(house: House, count: int) -> None:
    async def are_there() -> bool:
        return await house.in_flight() == count

    await until(are_there)


async def test_a_waiter_whose_client_leaves_just_goes(house: House, up: Upstream) -> None:
    up.script(SLOW)
    first = asyncio.create_task(house.post(body()))
    await asked(up)
    second = asyncio.create_task(house.post(body()))
    await until_in_flight(house, 2)
    second.cancel()
    assert said(await first) == "one answer"
    assert sorted(row["status"] for row in await house.rows(2)) == [200, 499]
    assert len(up.seen) == 1


async def test_a_waiting_stream_hears_heartbeats(house: House, up: Upstream) -> None:
    await house.set(dispatch__heartbeat_ms=100)
    up.script(SLOW)
    first = asyncio.create_task(house.post(body()))
    await asked(up)
    got = await house.post(body(stream=True))
    assert got.raw.count(b": keepalive\n\n") >= 2
    assert got.text == said(await first) == "one answer"
    assert len(up.seen) == 1


async def test_who_waits_for_too_long_goes_alone(house: House, up: Upstream) -> None:
    await house.set(dispatch__twin_wait_ms=100)
    up.script(SLOW, Answer(text="another"))
    first = asyncio.create_task(house.post(body()))
    await asked(up)
    got = await house.post(body())
    assert (said(got), said(await first)) == ("another", "one answer")
    assert got.headers["x-butler-cache"] == "miss"


async def test_other_callers_and_switched_off_waits_are_left_alone(
    house: House, up: Upstream
) -> None:
    token = (await house.admin("POST", "tokens", {"name": "second"})).json["token"]
    up.script(SLOW, SLOW)
    await asyncio.gather(house.post(body()), house.post(body(), token=token))
    assert len(up.seen) == 2
    await house.set(dispatch__twin_wait_ms=0)
    up.script(SLOW, SLOW)
    await asyncio.gather(*(house.post(body(user="x", top_p=0.5)) for _ in range(2)))
    assert len(up.seen) == 4


@pytest.mark.parametrize(
    "more",
    [{"tools": [TOOL]}, {"n": 2}, {"logprobs": True}],
    ids=["tools", "several answers", "probabilities"],
)
async def test_equal_requests_that_are_not_kept_are_left_alone(
    house: House, up: Upstream, more: dict[str, Any]
) -> None:
    up.script(SLOW, SLOW, SLOW)
    got = await asyncio.gather(*(house.post(body(**more)) for _ in range(3)))
    assert len(up.seen) == 3
    assert caches(list(got)) == ["miss"] * 3
    assert max(row["duration_ms"] for row in await house.rows(3)) < 1_500


async def test_whoever_wants_no_cache_waits_for_nobody(house: House, up: Upstream) -> None:
    up.script(SLOW, SLOW)
    fresh = {"Cache-Control": "no-store"}
    got = await asyncio.gather(*(house.post(body(), headers=fresh) for _ in range(2)))
    assert (len(up.seen), caches(list(got))) == (2, ["miss", "miss"])


async def test_a_retry_is_held_back_until_its_twin_has_ended(house: House, up: Upstream) -> None:
    up.script(SLOW, ToolCalls([ToolCall("ls", "{}")]))
    first = asyncio.create_task(house.post(body(tools=[TOOL])))
    await asked(up)
    second = asyncio.create_task(house.post(body(tools=[TOOL]), headers=RETRY))
    await asyncio.sleep(0.15)
    assert len(up.seen) == 1
    assert [(await first).status, (await second).status] == [200, 200]
    assert len(up.seen) == 2
    warnings = (await house.rows(2))[1]["warnings"]
    assert warnings[0] == "the client itself tries again: its retry 1"
    assert warnings[1].startswith("held back for ")


async def test_a_retry_is_held_back_no_longer_than_allowed(house: House, up: Upstream) -> None:
    await house.set(dispatch__twin_wait_ms=100)
    up.script(SlowHeaders(1.0), Answer(text="soon"))
    first = asyncio.create_task(house.post(body(tools=[TOOL])))
    await asked(up)
    got = await house.post(body(tools=[TOOL]), headers=RETRY)
    assert said(got) == "soon"
    assert not first.done()
    await first


# --- what has just failed ---


async def test_what_has_just_failed_fails_again_unasked(house: House, up: Upstream) -> None:
    await house.set(dispatch__failure_memory_ms=2_000)
    up.default = Fail(503)
    first = await house.post(body())
    again = [await house.post(body()) for _ in range(5)]
    assert [got.status for got in (first, *again)] == [503] * 6
    assert {got.raw for got in again} == {first.raw}
    assert {got.headers["Retry-After"] for got in (first, *again)} == {"2"}
    assert len(up.seen) == 1
    row = (await house.rows(6))[-1]
    assert (row["attempts"], row["status"]) == ([], 503)
    assert "failed" in row["warnings"][0]
    # Whoever asks for anything else is not touched by that.
    await house.post(body(temperature=0))
    assert len(up.seen) == 2
    await asyncio.sleep(2.1)
    up.default = Answer()
    assert (await house.post(body())).status == 200


async def test_who_answers_meanwhile_is_asked_again(house: House, up: Upstream) -> None:
    await house.set(dispatch__failure_memory_ms=30_000)
    up.script(Fail(503), Answer())
    assert (await house.post(body())).status == 503
    assert (await house.post(body(temperature=0))).status == 200
    assert (await house.post(body())).status == 200
    assert len(up.seen) == 3


@pytest.mark.parametrize("status", [400, 401, 404])
async def test_what_will_not_pass_is_not_remembered(
    house: House, up: Upstream, status: int
) -> None:
    await house.set(dispatch__failure_memory_ms=30_000)
    up.default = Fail(status)
    for _ in range(2):
        assert (await house.post(body())).status in (400, 404)
    assert len(up.seen) == 2


async def test_a_change_of_configuration_forgets(house: House, up: Upstream) -> None:
    await house.set(dispatch__failure_memory_ms=30_000)
    up.script(Fail(503))
    assert (await house.post(body())).status == 503
    await house.set(routing__sticky=False)
    assert (await house.post(body())).status == 200
