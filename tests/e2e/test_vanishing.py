"""Clients that hang up and clients that do not read: neither costs more than it has to.

Through the engine's own listeners: aiohttp's test server would cancel handlers by itself.
"""

import asyncio
import json

import pytest

from tests.e2e.house import HELLO, House, http, until
from tests.fakes import (
    Answer,
    AnthropicUpstream,
    CutAfter,
    Endless,
    Silence,
    SlowHeaders,
    Upstream,
)
from tests.fakes.upstream import Behaviour

WAITING: dict[str, tuple[Behaviour, bool]] = {
    "before-the-head": (Silence(), True),
    "before-content": (Silence(after=1), True),
    "mid-stream": (Silence(after=3), True),
    "while-it-flows": (Endless(chunk_delay_s=0.01), True),
    "whole-before-the-head": (SlowHeaders(60), False),
    "whole-half-way": (Silence(after=1), False),
}


def request(house: House, *, stream: bool, model: str = "auto") -> bytes:
    return http(json.dumps({"model": model, "messages": HELLO, "stream": stream}), house.token)


async def arrived(up: Upstream, count: int = 1) -> None:
    await until(lambda: len(up.seen) >= count)


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
async def test_a_vanished_client_cancels_its_upstream(
    house: House, up: Upstream, reset: bool
) -> None:
    await house.add(up)
    for count, (name, (behaviour, stream)) in enumerate(WAITING.items(), 1):
        up.script(behaviour)
        _, writer = await asyncio.open_connection("127.0.0.1", house.port)
        writer.write(request(house, stream=stream))
        await arrived(up, count)
        await asyncio.sleep(0.05)
        assert await house.in_flight() == 1, name
        if reset:
            writer.transport.abort()
        else:
            writer.close()
            await writer.wait_closed()
        await up.saw_disconnect(2, count=count)
        await house.until_idle()
    rows = await house.rows(len(WAITING))
    for (name, (_, stream)), row in zip(WAITING.items(), rows, strict=True):
        assert (row["status"], row["streaming"]) == (499, stream), name
        assert "went away" in row["error"]
        begun = name in ("mid-stream", "while-it-flows")
        assert row["attempts"][0]["outcome"] == ("answered" if begun else "cancelled"), name
        assert (row["ttft_ms"] is not None) is begun, name
        assert row["usage_source"] == ("estimated" if begun else "unknown"), name


@pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
async def test_it_cancels_an_upstream_that_speaks_another_dialect(
    house: House, stream: bool
) -> None:
    async with AnthropicUpstream(default=Silence(after=3)) as claude:
        await house.add(claude, kind="anthropic_compatible", base_url=claude.root)
        _, writer = await asyncio.open_connection("127.0.0.1", house.port)
        writer.write(request(house, stream=stream))
        await arrived(claude)
        await asyncio.sleep(0.05)
        assert not claude.disconnects
        writer.close()
        await claude.saw_disconnect(2)
        assert (await house.row())["status"] == 499


async def test_no_fallback_for_a_client_that_is_gone(
    house: House, up: Upstream, other: Upstream
) -> None:
    await house.add(up)
    await house.add(other, "backup")
    await house.rule("acme/alpha", "backup/gamma")
    up.script(Silence())
    _, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(request(house, stream=True))
    await arrived(up)
    writer.close()
    await up.saw_disconnect(2)
    assert len((await house.row())["attempts"]) == 1
    assert not other.seen


async def test_a_client_that_goes_while_it_uploads(house: House, up: Upstream) -> None:
    await house.add(up)
    _, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(request(house, stream=True)[:-10])
    await writer.drain()
    await until(house.in_flight)
    writer.close()
    row = await house.row()
    assert (row["status"], row["requested_model"]) == (499, None)
    assert not up.seen


async def test_a_client_that_does_not_read_holds_its_upstream_back(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    up.script(Endless(text="x" * 16_000))
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port, limit=1024)
    writer.write(request(house, stream=True))
    await arrived(up)
    taken, before = -1, -2
    async with asyncio.timeout(20):
        while taken != before:
            before = taken
            await asyncio.sleep(0.3)
            taken = up.sent_bytes
    # What four sockets and their buffers hold; the upstream could have sent a hundred times more.
    assert 100_000 < taken < 30_000_000
    assert await house.in_flight() == 1
    # As soon as the client reads again, the stream goes on.
    async with asyncio.timeout(10):
        while up.sent_bytes < taken + 1_000_000:
            await reader.read(65_536)
    writer.close()
    await up.saw_disconnect(5)


async def test_connections_to_upstreams_are_kept_and_never_mixed_up(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    up.script(CutAfter(3), Answer(text="second"), Answer(text="third"))
    assert "error" in (await house.ask(stream=True)).events[-1]
    for said in ("second", "third"):
        assert (await house.ask(stream=True)).text == said


async def test_many_at_once_get_their_own_answers(house: House, up: Upstream) -> None:
    await house.add(up)
    texts = [f"answer {number} 你好" for number in range(40)]
    up.script(*(Answer(text=text, chunk_delay_s=0.001) for text in texts))
    replies = await asyncio.gather(*(house.ask(stream=number % 2 == 0) for number in range(40)))
    said = [got.text if b"data:" in got.raw else _content(got.json) for got in replies]
    assert sorted(said) == sorted(texts)
    assert len({got.headers["x-butler-request-id"] for got in replies}) == 40
    assert len(await house.rows(40)) == 40


def _content(reply: dict[str, list[dict[str, dict[str, str]]]]) -> str:
    return reply["choices"][0]["message"]["content"]
