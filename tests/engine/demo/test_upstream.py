"""The demo is a provider like any other: over a socket, with a key, to its own engine only."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from openai import AsyncOpenAI

from butler.engine.demo.upstream import DemoUpstream

HELLO: list[Any] = [{"role": "user", "content": "Hello, 你好!"}]


@pytest.fixture
async def demo() -> AsyncIterator[DemoUpstream]:
    demo = DemoUpstream()
    await demo.start()
    yield demo
    await demo.stop()


@pytest.fixture
async def sdk(demo: DemoUpstream) -> AsyncIterator[AsyncOpenAI]:
    connection = demo.connection
    async with AsyncOpenAI(
        api_key=connection.api_key, base_url=connection.base_url, max_retries=0
    ) as client:
        yield client


async def test_streamed_and_whole_say_the_same(sdk: AsyncOpenAI) -> None:
    whole = await sdk.chat.completions.create(model="cheap", messages=HELLO)
    stream = await sdk.chat.completions.create(
        model="cheap", messages=HELLO, stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in stream]
    said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert said == whole.choices[0].message.content
    assert chunks[-1].usage == whole.usage
    assert whole.usage is not None
    assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens
    assert len(chunks) > 20


async def test_only_its_own_engine_and_its_own_models(demo: DemoUpstream) -> None:
    url = demo.connection.base_url + "/chat/completions"
    right = {"Authorization": f"Bearer {demo.connection.api_key}"}
    async with aiohttp.ClientSession() as session:
        for headers, body, status in (
            ({}, {"model": "cheap", "messages": HELLO}, 401),
            ({"Authorization": "Bearer é"}, {"model": "cheap", "messages": HELLO}, 401),
            (right, {"model": "gpt-4o", "messages": HELLO}, 404),
            (right, {"model": "strong", "messages": None}, 200),
            (right, {"model": "strong", "messages": HELLO, "stream_options": 5}, 200),
        ):
            async with session.post(url, json=body, headers=headers) as reply:
                assert reply.status == status


async def test_every_start_has_its_own_key(demo: DemoUpstream) -> None:
    assert demo.connection.api_key != DemoUpstream().connection.api_key
    assert demo.connection.api_key not in repr(demo.connection)


async def test_stopping_what_never_started() -> None:
    await DemoUpstream().stop()
