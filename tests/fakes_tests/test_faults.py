"""Every scripted fault reaches a client as the fault that it claims to be."""

import asyncio
from typing import Any

import aiohttp
import openai
import pytest
from openai import AsyncOpenAI

from tests.fakes import (
    Answer,
    CutAfter,
    Ending,
    Endless,
    ErrorEvent,
    Fail,
    Garbage,
    Refused,
    Silence,
    SlowHeaders,
    Upstream,
)

HELLO: list[Any] = [{"role": "user", "content": "hello"}]


async def _stream(client: AsyncOpenAI) -> str:
    stream = await client.chat.completions.create(model="alpha", messages=HELLO, stream=True)
    return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])


def _post(session: aiohttp.ClientSession, up: Upstream, *, stream: bool = True) -> Any:
    return session.post(
        f"{up.base_url}/chat/completions",
        json={"model": "alpha", "messages": HELLO, "stream": stream},
        headers={"Authorization": f"Bearer {up.key}"},
    )


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, openai.BadRequestError),
        (403, openai.PermissionDeniedError),
        (429, openai.RateLimitError),
        (500, openai.InternalServerError),
        (503, openai.InternalServerError),
    ],
)
async def test_fail(
    up: Upstream, client: AsyncOpenAI, status: int, error: type[openai.APIStatusError]
) -> None:
    up.script(Fail(status, retry_after="2"))
    with pytest.raises(error) as caught:
        await client.chat.completions.create(model="alpha", messages=HELLO)
    assert caught.value.status_code == status
    assert caught.value.response.headers["retry-after"] == "2"
    assert caught.value.type


async def test_fail_with_a_body_of_its_own(up: Upstream, client: AsyncOpenAI) -> None:
    up.script(Fail(502, b"<html>bad gateway</html>"), Fail(413, {"error": {"message": "big"}}))
    with pytest.raises(openai.InternalServerError) as caught:
        await client.chat.completions.create(model="alpha", messages=HELLO)
    assert caught.value.response.text == "<html>bad gateway</html>"
    with pytest.raises(openai.APIStatusError, match="big"):
        await client.chat.completions.create(model="alpha", messages=HELLO)


async def test_silence_before_the_head(up: Upstream, client: AsyncOpenAI) -> None:
    up.script(Silence())
    with pytest.raises(openai.APITimeoutError):
        await client.with_options(timeout=0.2).chat.completions.create(
            model="alpha", messages=HELLO
        )
    await up.saw_disconnect()


@pytest.mark.parametrize("after", [0, 2])
async def test_silence_after_the_head(up: Upstream, after: int) -> None:
    up.script(Silence(0.3, after=after))
    async with aiohttp.ClientSession() as session, _post(session, up) as reply:
        assert reply.status == 200
        first = b"".join([await reply.content.readuntil(b"\n\n") for _ in range(after)])
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reply.content.readany(), 0.1)
        with pytest.raises(aiohttp.ClientPayloadError):
            await reply.read()
    assert first.count(b"data: ") == after
    assert up.disconnects == 0


async def test_slow_headers(up: Upstream, client: AsyncOpenAI) -> None:
    up.script(SlowHeaders(0.2, Answer("late")))
    before = asyncio.get_running_loop().time()
    assert await _stream(client) == "late"
    assert asyncio.get_running_loop().time() - before >= 0.2


@pytest.mark.parametrize("ending", [Ending.CLOSE, Ending.RESET])
@pytest.mark.parametrize("stream", [True, False])
async def test_cut_without_terminator(up: Upstream, ending: Ending, stream: bool) -> None:
    up.script(CutAfter(2, ending))
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            async with _post(session, up, stream=stream) as reply:
                assert reply.status == 200
                await reply.read()
    assert up.disconnects == 0


async def test_cut_with_terminator(up: Upstream) -> None:
    up.script(CutAfter(3, Ending.TERMINATED))
    async with aiohttp.ClientSession() as session, _post(session, up) as reply:
        raw = await reply.read()
    assert raw.count(b"data: ") == 3
    assert b"[DONE]" not in raw


async def test_a_cut_breaks_the_sdks_stream(up: Upstream, client: AsyncOpenAI) -> None:
    up.script(CutAfter(2))
    with pytest.raises(Exception, match=r"(?i)peer closed|connection"):
        await _stream(client)


async def test_error_event(up: Upstream, client: AsyncOpenAI) -> None:
    up.script(ErrorEvent(2), ErrorEvent(0, with_done=True))
    for _ in range(2):
        with pytest.raises(openai.APIError) as caught:
            await _stream(client)
        assert caught.value.type == "server_error"


async def test_error_in_a_whole_200(up: Upstream) -> None:
    up.script(ErrorEvent())
    async with aiohttp.ClientSession() as session, _post(session, up, stream=False) as reply:
        assert reply.status == 200
        assert "error" in await reply.json()


async def test_garbage(up: Upstream) -> None:
    up.script(Garbage(b"what?"), Garbage(b"nonsense\r\n\r\n", raw=True))
    async with aiohttp.ClientSession() as session:
        async with _post(session, up, stream=False) as reply:
            assert (reply.content_type, await reply.read()) == ("application/json", b"what?")
        with pytest.raises(aiohttp.ClientError):
            await _post(session, up)


@pytest.mark.parametrize("stream", [True, False])
async def test_endless_until_the_client_leaves(up: Upstream, stream: bool) -> None:
    up.script(Endless())
    async with aiohttp.ClientSession() as session, _post(session, up, stream=stream) as reply:
        for _ in range(100):
            assert await reply.content.readline()
        assert up.disconnects == 0
    await up.saw_disconnect()
    assert up.disconnects == 1


async def test_endless_waits_for_a_client_that_does_not_read(up: Upstream) -> None:
    up.script(Endless("x" * 100_000))
    async with aiohttp.ClientSession() as session, _post(session, up):
        while True:
            before = up.sent_bytes
            await asyncio.sleep(0.2)
            if up.sent_bytes == before:
                break
        assert 0 < up.sent_bytes < 50_000_000


async def test_disconnects_are_only_those_of_clients(up: Upstream, client: AsyncOpenAI) -> None:
    await _stream(client)
    await client.close()
    with pytest.raises(TimeoutError):
        await up.saw_disconnect(timeout_s=0.1)


async def test_stopped_and_started_again(up: Upstream, client: AsyncOpenAI) -> None:
    up.script(Answer("slow down", chunk_delay_s=0.5))
    reading = asyncio.create_task(_stream(client))
    await asyncio.sleep(0.2)
    await up.stop()
    with pytest.raises(Exception, match=r"(?i)peer closed|connection"):
        await reading
    with pytest.raises(openai.APIConnectionError):
        await _stream(client)
    await up.start()
    assert await _stream(client) == "Hello from the upstream."
    assert up.disconnects == 0


async def test_refused() -> None:
    with Refused() as nobody:
        async with AsyncOpenAI(api_key="k", base_url=nobody.base_url, max_retries=0) as client:
            with pytest.raises(openai.APIConnectionError):
                await client.chat.completions.create(model="alpha", messages=HELLO)
