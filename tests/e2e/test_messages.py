"""`POST /v1/messages` with the vendor's own client, whoever answers: OpenAI's kind or its own."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from anthropic import APIStatusError, AsyncAnthropic, AuthenticationError, RateLimitError
from anthropic.types import Message

from tests.e2e.house import House
from tests.fakes import (
    Answer,
    AnthropicUpstream,
    CutAfter,
    Fail,
    SlowHeaders,
    ToolCall,
    ToolCalls,
    Upstream,
    Usage,
    Wire,
)

BOTH = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
HELLO: list[Any] = [{"role": "user", "content": "Hello there, how are you?"}]
PNG = base64.b64encode(b"\x89PNG").decode()
WEATHER: dict[str, Any] = {
    "name": "weather",
    "description": "Tell the weather.",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}},
}


@pytest.fixture(params=["openai", "anthropic"])
async def vendor(request: pytest.FixtureRequest, house: House) -> AsyncIterator[Upstream]:
    """The one provider of the house, of either kind."""
    if request.param == "openai":
        async with Upstream() as up:
            await house.add(up)
            yield up
    else:
        async with AnthropicUpstream(models=("alpha", "beta")) as up:
            await house.add(up, kind="anthropic_compatible", base_url=up.root)
            yield up


@asynccontextmanager
async def client(house: House, token: str | None = None) -> AsyncIterator[AsyncAnthropic]:
    async with AsyncAnthropic(
        base_url=house.root, api_key=token or house.token, max_retries=0
    ) as sdk:
        yield sdk


async def ask(house: House, stream: bool, **more: Any) -> Message:
    """Ask as the vendor's client does, and return the message that it makes of the answer."""
    body = {"model": "auto", "max_tokens": 100, "messages": HELLO, **more}
    async with client(house) as sdk:
        if not stream:
            return await sdk.messages.create(**body)
        async with sdk.messages.stream(**body) as events:
            return await events.get_final_message()


@BOTH
@pytest.mark.parametrize("wire", [Wire(), Wire(split_bytes=1), Wire(crlf=True)], ids=str)
async def test_an_answer(house: House, vendor: Upstream, stream: bool, wire: Wire) -> None:
    vendor.script(Answer(text="I am fine, 你好!", usage=Usage(12, 5), wire=wire))
    message = await ask(house, stream, system="Be brief.", stop_sequences=["END"])
    assert [block.to_dict() for block in message.content] == [
        {"type": "text", "text": "I am fine, 你好!"}
    ]
    assert (message.role, message.type, message.stop_reason) == ("assistant", "message", "end_turn")
    assert message.model == "acme/alpha"
    assert (message.usage.input_tokens, message.usage.output_tokens) == (12, 5)
    row = await house.row()
    assert (row["endpoint"], row["status"], row["layer"]) == ("messages", 200, "default")
    assert (row["input_tokens"], row["output_tokens"]) == (12, 5)


@BOTH
async def test_a_round_with_a_tool(house: House, vendor: Upstream, stream: bool) -> None:
    vendor.script(ToolCalls((ToolCall("weather", '{"city": "Ghent"}'),)))
    first = await ask(house, stream, tools=[WEATHER])
    assert first.stop_reason == "tool_use"
    (called,) = first.content
    assert called.type == "tool_use"
    assert (called.name, called.input) == ("weather", {"city": "Ghent"})
    picture = {"type": "base64", "media_type": "image/png", "data": PNG}
    result = {
        "type": "tool_result",
        "tool_use_id": called.id,
        "content": [{"type": "text", "text": "rain"}, {"type": "image", "source": picture}],
    }
    messages = [
        *HELLO,
        {"role": "assistant", "content": [block.to_dict() for block in first.content]},
        {"role": "user", "content": [result, {"type": "text", "text": "So?"}]},
    ]
    second = await ask(house, stream, tools=[WEATHER], messages=messages)
    assert second.stop_reason == "end_turn"
    sent = vendor.seen[-1].body["messages"]
    assert PNG in str(sent)
    assert "rain" in str(sent)
    assert [tool for tool in vendor.seen[-1].body["tools"] if "weather" in str(tool)]


@BOTH
async def test_pictures_and_documents_arrive(house: House, vendor: Upstream, stream: bool) -> None:
    picture = {"type": "base64", "media_type": "image/png", "data": PNG}
    content = [{"type": "image", "source": picture}, {"type": "text", "text": "What is it?"}]
    await ask(house, stream, messages=[{"role": "user", "content": content}])
    assert PNG in str(vendor.seen[-1].body["messages"])
    assert (await house.row())["modalities"] == ["image", "text"]


@BOTH
async def test_a_refusal_comes_in_the_vendors_shape(
    house: House, vendor: Upstream, stream: bool
) -> None:
    await house.set(dispatch__retries=0)
    vendor.script(Fail(429, retry_after="7"))
    with pytest.raises(RateLimitError) as refused:
        await ask(house, stream)
    body: Any = refused.value.body
    assert body["type"] == "error"
    assert body["error"]["type"] == "rate_limit_error"
    assert refused.value.response.headers["retry-after"] == "7"


@BOTH
@pytest.mark.parametrize(("status", "asked"), [(429, "300"), (503, "86400")])
async def test_nobody_is_told_to_wait_for_longer_than_a_minute(
    house: House, vendor: Upstream, stream: bool, status: int, asked: str
) -> None:
    await house.set(dispatch__retries=0)
    vendor.script(Fail(status, retry_after=asked))
    with pytest.raises(APIStatusError) as refused:
        await ask(house, stream)
    assert refused.value.status_code == status
    assert refused.value.response.headers["retry-after"] == "60"
    assert refused.value.request_id


async def test_who_waits_hears_pings_even_before_the_message_begins(
    house: House, vendor: Upstream
) -> None:
    await house.set(dispatch__heartbeat_ms=100)
    vendor.script(SlowHeaders(0.35))
    message = await ask(house, True)
    assert message.stop_reason == "end_turn"
    vendor.script(SlowHeaders(0.35))
    got = await house.call(
        "POST", "/v1/messages", {"max_tokens": 5, "stream": True, "messages": HELLO}
    )
    assert got.raw.startswith(b'event: ping\ndata: {"type":"ping"}\n\n')
    assert b"event: message_start" in got.raw


@BOTH
async def test_a_stream_that_breaks_off_ends_as_an_error(
    house: House, vendor: Upstream, stream: bool
) -> None:
    await house.set(dispatch__retries=0)
    vendor.script(CutAfter(3, reply=Answer(text="one two three four five")))
    with pytest.raises(APIStatusError):
        await ask(house, stream)


async def test_who_has_no_token_is_told_in_the_vendors_shape(house: House) -> None:
    async with client(house, "wrong") as sdk:
        with pytest.raises(AuthenticationError) as refused:
            await sdk.messages.create(model="auto", max_tokens=5, messages=HELLO)
    body: Any = refused.value.body
    assert body["error"]["type"] == "authentication_error"


async def test_tokens_are_counted_without_asking(house: House) -> None:
    async with client(house) as sdk:
        short = await sdk.messages.count_tokens(model="auto", messages=HELLO)
        long = await sdk.messages.count_tokens(
            model="auto", system="word " * 500, messages=HELLO, tools=[WEATHER]
        )
    assert 5 <= short.input_tokens <= 20
    assert 500 <= long.input_tokens - short.input_tokens <= 700


async def test_thinking_is_said_in_the_targets_own_way(house: House, up: Upstream) -> None:
    await house.add(up)
    await ask(house, False, thinking={"type": "enabled", "budget_tokens": 2048}, max_tokens=4096)
    sent = up.seen[-1].body
    assert "thinking" not in sent
    assert sent["reasoning_effort"] == "low"
