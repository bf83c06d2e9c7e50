"""The dispatcher tries targets in order; `tests/e2e/test_fallback.py` plays every fault to it."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from butler.engine.call import Call, Target
from butler.engine.dispatch.answer import Answer
from butler.engine.dispatch.dispatcher import Dispatcher
from butler.engine.dispatch.upstream import Upstream
from butler.engine.errors import UpstreamError
from butler.engine.providers.base import Connection, Outgoing, Provider
from butler.engine.providers.openai_compatible import OpenAICompatible
from tests import fakes
from tests.engine.calls import HELLO, PATIENT, new_call

ALPHA, BETA, GONE = Target("acme", "alpha"), Target("acme", "beta"), Target("gone", "x")


@pytest.fixture
async def dispatcher() -> AsyncIterator[Dispatcher]:
    upstream = Upstream()
    yield Dispatcher(upstream)
    await upstream.close()


def providers(up: fakes.Upstream) -> dict[str, Provider]:
    connection = Connection("acme", "openai_compatible", up.base_url, up.key)
    return {"acme": OpenAICompatible(connection)}


async def said(answer: Answer) -> str:
    """Read an answer to its end, and close it as its owner must."""
    try:
        return "".join([delta.text async for batch in answer.batches for delta in batch])
    finally:
        answer.close()


async def test_a_target_whose_provider_is_gone_is_passed_over(
    dispatcher: Dispatcher, up: fakes.Upstream
) -> None:
    call = new_call(HELLO)
    answer = await dispatcher.answer(call, [GONE, BETA], providers(up))
    assert await said(answer) == "Hello from the upstream."
    assert (answer.status, call.target) == (200, BETA)
    assert [str(attempt.target) for attempt in call.attempts] == ["acme/beta"]
    assert up.seen[0].body["model"] == "beta"


async def test_no_target_at_all_is_a_503(dispatcher: Dispatcher, up: fakes.Upstream) -> None:
    call = new_call(HELLO)
    with pytest.raises(UpstreamError, match="not configured") as caught:
        await dispatcher.answer(call, [GONE], providers(up))
    assert (caught.value.status, call.attempts, call.target) == (503, [], None)


async def test_closing_early_hangs_up(dispatcher: Dispatcher, up: fakes.Upstream) -> None:
    up.script(fakes.Endless(chunk_delay_s=0.01))
    call = new_call({**HELLO, "stream": True})
    answer = await dispatcher.answer(call, [ALPHA], providers(up))
    assert call.attempts[0].outcome == "answered"
    answer.close()
    await up.saw_disconnect(2)


async def test_cancelling_hangs_up(dispatcher: Dispatcher, up: fakes.Upstream) -> None:
    for behaviour in (fakes.Silence(), fakes.Silence(after=1)):
        up.script(behaviour)
        call = new_call({**HELLO, "stream": True})
        asking = asyncio.create_task(dispatcher.answer(call, [ALPHA, BETA], providers(up)))
        await asyncio.sleep(0.1)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert [attempt.outcome for attempt in call.attempts] == ["cancelled"]
    await up.saw_disconnect(2, count=2)


async def test_a_failed_attempt_hangs_up_before_the_next_begins(
    dispatcher: Dispatcher, up: fakes.Upstream
) -> None:
    up.script(fakes.ErrorEvent(1, reply=fakes.Answer(chunk_delay_s=0.05)))
    call = new_call({**HELLO, "stream": True})
    assert await said(await dispatcher.answer(call, [ALPHA, BETA], providers(up)))
    outcomes = [(attempt.outcome, attempt.failure) for attempt in call.attempts]
    assert outcomes == [("failed", "server_error"), ("answered", None)]
    assert all(attempt.ms > 0 for attempt in call.attempts)


class Watched(OpenAICompatible):
    """Notes in which thread it prepares."""

    threads: list[threading.Thread]

    def prepare(self, call: Call, target: Target) -> Outgoing:
        self.threads.append(threading.current_thread())
        return super().prepare(call, target)


async def test_a_large_request_is_prepared_off_the_loop(
    dispatcher: Dispatcher, up: fakes.Upstream
) -> None:
    provider = Watched(Connection("acme", "openai_compatible", up.base_url, up.key))
    provider.threads = []
    for user in ("x", "x" * 1_100_000):
        answer = await dispatcher.answer(
            new_call({**HELLO, "user": user}), [ALPHA], {"acme": provider}
        )
        answer.close()
    assert [thread is threading.main_thread() for thread in provider.threads] == [True, False]
    assert [len(seen.body["user"]) for seen in up.seen] == [1, 1_100_000]


async def test_nobody_waits_for_ever_while_one_target_after_another_is_silent(
    dispatcher: Dispatcher, up: fakes.Upstream
) -> None:
    up.default = fakes.Silence()
    call = new_call(HELLO, timeouts=replace(PATIENT, total_ms=100))
    targets = [Target("acme", model) for model in ("alpha", "beta", "alpha2", "beta2")]
    with pytest.raises(UpstreamError, match="did not begin"):
        await dispatcher.answer(call, targets, providers(up))
    assert [attempt.target.model for attempt in call.attempts] == ["alpha", "beta"]


class Speechless(OpenAICompatible):
    """Finds no words for anything."""

    def prepare(self, call: Call, target: Target) -> Outgoing:
        raise RecursionError


@pytest.mark.allow_logs
async def test_what_can_not_be_prepared_is_not_held_against_the_target(
    dispatcher: Dispatcher, up: fakes.Upstream
) -> None:
    provider = Speechless(Connection("acme", "openai_compatible", up.base_url, up.key))
    call = new_call(HELLO)
    for _ in range(10):
        with pytest.raises(UpstreamError, match="can not be put into"):
            await dispatcher.answer(call, [ALPHA], {"acme": provider})
    assert dispatcher._breakers.standings() == []
