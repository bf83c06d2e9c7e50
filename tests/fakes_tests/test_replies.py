"""The vendor's SDK reads every healthy answer, streamed and whole, however its bytes are cut."""

import json
from typing import Any

import aiohttp
import pytest
from openai import AsyncOpenAI

from tests.fakes import Answer, NoUsage, ToolCall, ToolCalls, Upstream, Usage, Wire

HELLO: list[Any] = [{"role": "user", "content": "hello"}]
TOOLS: list[Any] = [
    {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}
]
WIRES = [
    Wire(),
    Wire(split_bytes=1),
    Wire(split_bytes=7, crlf=True),
    Wire(comments=True),
    Wire(split_bytes=3, crlf=True, comments=True),
]


async def test_whole_answer(up: Upstream, client: AsyncOpenAI) -> None:
    up.script(Answer("four", usage=Usage(7, 3, cached_tokens=2), extra={"citations": ["a"]}))
    reply = await client.chat.completions.create(model="alpha", messages=HELLO)

    assert reply.choices[0].message.content == "four"
    assert reply.choices[0].finish_reason == "stop"
    assert reply.model == "alpha"
    assert reply.usage is not None
    assert (reply.usage.prompt_tokens, reply.usage.total_tokens) == (7, 10)
    assert reply.usage.prompt_tokens_details is not None
    assert reply.usage.prompt_tokens_details.cached_tokens == 2
    assert reply.model_extra == {"citations": ["a"]}


@pytest.mark.parametrize("wire", WIRES, ids=str)
async def test_streamed_answer_survives_any_split(
    up: Upstream, client: AsyncOpenAI, wire: Wire
) -> None:
    up.script(Answer("Grüße, 世界 and the rest", reasoning="let me think", wire=wire))
    stream = await client.chat.completions.create(model="alpha", messages=HELLO, stream=True)
    chunks = [chunk async for chunk in stream]

    assert "".join(c.choices[0].delta.content or "" for c in chunks) == "Grüße, 世界 and the rest"
    thoughts = [(c.choices[0].delta.model_extra or {}).get("reasoning_content") for c in chunks]
    assert "".join(filter(None, thoughts)) == "let me think"
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert len({c.id for c in chunks}) == 1


async def test_usage_comes_iff_asked(up: Upstream, client: AsyncOpenAI) -> None:
    stream = await client.chat.completions.create(
        model="alpha", messages=HELLO, stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk.model_dump(exclude_unset=True) async for chunk in stream]
    assert all(chunk["usage"] is None for chunk in chunks[:-1])
    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"]["total_tokens"] == 17

    stream = await client.chat.completions.create(model="alpha", messages=HELLO, stream=True)
    chunks = [chunk.model_dump(exclude_unset=True) async for chunk in stream]
    assert not any("usage" in chunk for chunk in chunks)


async def test_a_server_without_usage(up: Upstream, client: AsyncOpenAI) -> None:
    up.script(NoUsage("bare"), NoUsage("bare"))
    reply = await client.chat.completions.create(model="alpha", messages=HELLO)
    assert reply.usage is None
    stream = await client.chat.completions.create(
        model="alpha", messages=HELLO, stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in stream]
    assert all(chunk.choices and chunk.usage is None for chunk in chunks)


async def test_other_model_name_and_several_choices(up: Upstream, client: AsyncOpenAI) -> None:
    up.script(Answer("x", model="alpha-2026-01-01"), Answer(chunks=["a", "b"]))
    reply = await client.chat.completions.create(model="alpha", messages=HELLO, n=2)
    assert reply.model == "alpha-2026-01-01"
    assert [choice.index for choice in reply.choices] == [0, 1]

    stream = await client.chat.completions.create(model="alpha", messages=HELLO, n=2, stream=True)
    texts = {0: "", 1: ""}
    async for chunk in stream:
        texts[chunk.choices[0].index] += chunk.choices[0].delta.content or ""
    assert texts == {0: "ab", 1: "ab"}


@pytest.mark.parametrize("streamed", [False, True])
async def test_parallel_tool_calls_round_trip(
    up: Upstream, client: AsyncOpenAI, streamed: bool
) -> None:
    calls = [ToolCall("weather", '{"city": "Zürich"}'), ToolCall("weather", '{"city": "上海"}')]
    up.script(ToolCalls(calls=calls, fragment_chars=3, wire=Wire(split_bytes=5)))
    message = await _ask_with_tools(client, streamed)
    assert [
        json.loads(call["function"]["arguments"])["city"] for call in message["tool_calls"]
    ] == [
        "Zürich",
        "上海",
    ]

    results: list[Any] = [
        {"role": "tool", "tool_call_id": call["id"], "content": "sunny"}
        for call in message["tool_calls"]
    ]
    up.script(Answer("Sunny in both."))
    reply = await client.chat.completions.create(
        model="alpha", messages=[*HELLO, message, *results], tools=TOOLS
    )
    assert reply.choices[0].message.content == "Sunny in both."


async def _ask_with_tools(client: AsyncOpenAI, streamed: bool) -> Any:
    if not streamed:
        reply = await client.chat.completions.create(model="alpha", messages=HELLO, tools=TOOLS)
        assert reply.choices[0].finish_reason == "tool_calls"
        return reply.choices[0].message.model_dump(exclude_none=True)
    async with client.chat.completions.stream(model="alpha", messages=HELLO, tools=TOOLS) as stream:
        final = await stream.get_final_completion()
    assert final.choices[0].finish_reason == "tool_calls"
    message = final.choices[0].message.model_dump(exclude_none=True)
    for call in message["tool_calls"]:
        call["function"].pop("parsed_arguments", None)
    return message


async def test_bytes_of_a_stream(up: Upstream) -> None:
    up.script(Answer(chunks=["a"], wire=Wire(crlf=True, comments=True)))
    body = {"model": "alpha", "messages": HELLO, "stream": True}
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {up.key}"}
        url = f"{up.base_url}/chat/completions"
        async with session.post(url, json=body, headers=headers) as reply:
            assert reply.headers["Content-Type"] == "text/event-stream; charset=utf-8"
            raw = await reply.read()
    assert raw.count(b": keep-alive\r\n\r\n") == 4
    assert raw.endswith(b"data: [DONE]\r\n\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")


async def test_what_was_seen(up: Upstream, client: AsyncOpenAI) -> None:
    await client.chat.completions.create(
        model="alpha", messages=HELLO, extra_body={"our_field": 1}, extra_headers={"X-Ours": "2"}
    )
    assert [model.id async for model in client.models.list()] == ["alpha", "beta"]
    assert (await client.models.retrieve("beta")).id == "beta"
    first = up.seen[0]
    assert (first.method, first.path) == ("POST", "/v1/chat/completions")
    assert first.body["our_field"] == 1
    assert json.loads(first.body_bytes) == first.body
    assert first.headers["x-ours"] == "2"
    assert len(up.seen) == 3
