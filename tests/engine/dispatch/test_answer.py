"""An answer is held back until it has content, so that what fails before can be tried elsewhere.

Every fault is played through real sockets in `tests/e2e/test_fallback.py`.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from butler.engine.dialects.base import Delta
from butler.engine.dispatch.answer import first_error, open_answer
from butler.engine.dispatch.upstream import Upstream
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.base import Connection, Outgoing
from butler.engine.providers.openai_compatible import OpenAICompatible
from tests import fakes
from tests.e2e.test_fallback import Raw
from tests.engine.calls import HELLO, PATIENT, new_call
from tests.fakes.completion import DONE
from tests.fakes.exchange import Exchange
from tests.fakes.upstream import Behaviour

ROLE = b'data: {"model":"m","choices":[{"index":0,"delta":{"role":"assistant"}}]}\n\n'
TEXT = b'data: {"model":"m","choices":[{"index":0,"delta":{"content":"hi"}}]}\n\n'
STOP = b'data: {"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
ERROR = b'data: {"error":{"message":"too hot"}}\n\n'


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    upstream = Upstream()
    yield upstream
    await upstream.close()


async def batches(
    upstream: Upstream,
    *pieces: bytes,
    choices: int = 1,
    behaviour: Behaviour | None = None,
    **more: Any,
) -> list[list[bytes]]:
    """The raw events of an answer, batch by batch."""
    body = {**HELLO, "model": "alpha", "stream": True, "n": choices}
    call = new_call(body)
    async with fakes.Upstream(default=behaviour or Raw(pieces, **more)) as up:
        outgoing = Outgoing(
            f"{up.base_url}/chat/completions",
            {"authorization": f"Bearer {up.key}"},
            call.asked.raw,
        )
        exchange = await upstream.send(outgoing, PATIENT, streamed=True)
        provider = OpenAICompatible(Connection("acme", "openai_compatible", up.base_url, up.key))
        try:
            answer = await open_answer(call, provider, exchange)
            return [[delta.raw for delta in batch] async for batch in answer.batches]
        finally:
            exchange.close()


async def test_what_came_before_the_content_comes_with_it(upstream: Upstream) -> None:
    got = await batches(upstream, b": busy\n\n", ROLE, TEXT, STOP)
    assert got[0][-1] == TEXT
    assert [raw for batch in got for raw in batch] == [b": busy\n\n", ROLE, TEXT, STOP]


async def test_nothing_is_lost_where_one_read_brings_all(upstream: Upstream) -> None:
    assert await batches(upstream, ROLE + TEXT + STOP) == [[ROLE, TEXT, STOP]]


@pytest.mark.parametrize(
    ("pieces", "kind", "words"),
    [
        ((ERROR,), FailureKind.SERVER, "too hot"),
        ((ROLE + ERROR + TEXT,), FailureKind.SERVER, "too hot"),
        ((ROLE,), FailureKind.CUT, "before it was complete"),
        ((), FailureKind.CUT, "before it was complete"),
        ((b"data: [DONE]\n\n",), FailureKind.UNREADABLE, "without any content"),
        ((b": " + b"x" * 1_000_000 + b"\n\n",) * 6, FailureKind.UNREADABLE, "without any content"),
    ],
)
async def test_what_fails_before_content_is_no_answer(
    upstream: Upstream, pieces: tuple[bytes, ...], kind: FailureKind, words: str
) -> None:
    with pytest.raises(UpstreamError, match=words) as caught:
        await batches(upstream, *pieces)
    assert caught.value.kind is kind


async def test_a_whole_answer_to_a_request_for_a_stream_goes_on_as_it_is(
    upstream: Upstream,
) -> None:
    body = b'{"choices":[{"message":{"content":"hi"}}]}'
    got = await batches(upstream, body[:9], body[9:], content_type="application/json")
    assert got == [[body]]


@pytest.mark.parametrize("kind", ["Text/Event-Stream; charset=utf-8", "text/plain"])
async def test_a_stream_is_one_whatever_it_is_called(upstream: Upstream, kind: str) -> None:
    got = await batches(upstream, ROLE, TEXT + STOP, content_type=kind)
    assert got == [[ROLE, TEXT, STOP]]


async def test_one_of_two_answers_is_not_all(upstream: Upstream) -> None:
    other = STOP.replace(b'"index":0', b'"index":1')
    assert await batches(upstream, TEXT, STOP, other, choices=2) == [[TEXT], [STOP], [other]]
    assert await batches(upstream, TEXT + DONE, choices=2) == [[TEXT, DONE]]
    with pytest.raises(UpstreamError) as caught:
        await batches(upstream, TEXT, STOP, choices=2)
    assert caught.value.kind is FailureKind.CUT


@dataclass(frozen=True, slots=True)
class Cut:
    """Sends some pieces of a stream and is gone."""

    pieces: tuple[bytes, ...]

    async def play(self, exchange: Exchange) -> None:
        await exchange.begin("text/event-stream")
        for piece in self.pieces:
            await exchange.write(piece)
            await exchange.pause(0.05)
        await exchange.cut(reset=True)


async def test_what_is_finished_may_break_off(upstream: Upstream) -> None:
    """Only what a usage count and a last word would have said is missing."""
    assert await batches(upstream, behaviour=Cut((TEXT, STOP))) == [[TEXT], [STOP]]
    with pytest.raises(UpstreamError) as caught:
        await batches(upstream, behaviour=Cut((TEXT,)))
    assert caught.value.kind is FailureKind.CUT


def test_the_first_error_of_a_batch() -> None:
    assert first_error([Delta(b""), Delta(b"", error="a"), Delta(b"", error="b")]) == "a"
    assert first_error([Delta(b"")]) is None
