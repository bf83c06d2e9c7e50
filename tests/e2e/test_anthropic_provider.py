"""OpenAI's own client talks to Anthropic through the whole house, streamed and whole."""

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from openai import APIError, APIStatusError, AsyncOpenAI, BadRequestError
from openai.types.chat import ChatCompletionChunk

from tests.e2e.house import HELLO, House
from tests.fakes import (
    Answer,
    AnthropicUpstream,
    Blocks,
    CutAfter,
    ErrorEvent,
    Fail,
    ToolCall,
    ToolCalls,
    Upstream,
    Usage,
    Wire,
)

BOTH = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
WEATHER: Any = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Tell the weather.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}
PNG = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
PDF = "data:application/pdf;base64," + base64.b64encode(b"%PDF-1.7").decode()
MODELS = ("alpha", "claude-sonnet-4-5", "claude-opus-5-5")


@pytest.fixture
async def claude() -> AsyncIterator[AnthropicUpstream]:
    async with AnthropicUpstream(models=MODELS) as upstream:
        yield upstream


@pytest.fixture
async def asking(house: House, claude: AnthropicUpstream) -> AsyncIterator[AsyncOpenAI]:
    """The client of a house whose one provider speaks Anthropic's messages."""
    await house.add(claude, kind="anthropic_compatible", base_url=claude.root)
    async with house.sdk() as sdk:
        yield sdk


async def ask(sdk: AsyncOpenAI, stream: bool, **more: Any) -> dict[str, Any]:
    """Ask, and return what is the same whichever way the answer came."""
    body = {"model": "auto", "messages": HELLO, **more}
    if not stream:
        reply = await sdk.chat.completions.create(**body)
        (choice,) = reply.choices
        message = choice.message
        calls = [(it.id, it.function.name, it.function.arguments)  # type: ignore[union-attr]
                 for it in message.tool_calls or ()]  # fmt: skip
        thought = (message.model_extra or {}).get("reasoning_content")
        return _seen(
            reply.model, message.content, thought, calls, choice.finish_reason, reply.usage
        )
    chunks = await sdk.chat.completions.create(
        **body, stream=True, stream_options={"include_usage": True}
    )
    return _gathered([chunk async for chunk in chunks])


def _gathered(chunks: list[ChatCompletionChunk]) -> dict[str, Any]:
    text, thought = "", ""
    calls: dict[int, list[Any]] = {}
    finishes = []
    for chunk in chunks:
        assert chunk.model == chunks[0].model
        assert chunk.id == chunks[0].id
        for choice in chunk.choices:
            text += choice.delta.content or ""
            thought += (choice.delta.model_extra or {}).get("reasoning_content") or ""
            for call in choice.delta.tool_calls or ():
                assert call.function is not None
                known = calls.setdefault(call.index, [call.id, call.function.name, ""])
                known[2] += call.function.arguments or ""
            finishes += [choice.finish_reason] if choice.finish_reason else []
    assert chunks[0].choices[0].delta.role == "assistant"
    (finish,) = finishes
    assert chunks[-1].choices == []
    assert sorted(calls) == list(range(len(calls)))
    found = [tuple(call) for _, call in sorted(calls.items())]
    return _seen(chunks[0].model, text, thought, found, finish, chunks[-1].usage)


def _seen(
    model: str, text: str | None, thought: str | None, calls: Any, finish: str, usage: Any
) -> dict[str, Any]:
    calls = [(id_, name, json.loads(arguments)) for id_, name, arguments in calls]
    counts = (usage.prompt_tokens, usage.completion_tokens) if usage else None
    cached = usage.prompt_tokens_details.cached_tokens if counts else None
    return {
        "model": model,
        "text": text or "",
        "thought": thought or "",
        "calls": calls,
        "finish": finish,
        "counts": counts,
        "cached": cached,
    }


@BOTH
async def test_text_thoughts_and_tokens(
    asking: AsyncOpenAI, claude: AnthropicUpstream, house: House, stream: bool
) -> None:
    usage = Usage(30, 9, cached_tokens=12, cache_write_tokens=8)
    claude.script(Answer("Grüezi, 世界", reasoning="hm, hm", usage=usage, wire=Wire(split_bytes=5)))
    got = await ask(asking, stream)
    assert got == {
        "model": "acme/alpha",
        "text": "Grüezi, 世界",
        "thought": "hm, hm",
        "calls": [],
        "finish": "stop",
        "counts": (30, 9),
        "cached": 12,
    }
    row = await house.row()
    assert (row["input_tokens"], row["output_tokens"], row["cached_tokens"]) == (30, 9, 12)
    assert (row["usage_source"], row["target"], row["status"]) == ("reported", "acme/alpha", 200)


async def test_how_the_vendor_is_asked(asking: AsyncOpenAI, claude: AnthropicUpstream) -> None:
    await asking.chat.completions.create(
        model="auto",
        messages=HELLO,
        extra_headers={"anthropic-beta": "context-1m", "anthropic-version": "2026-10-21"},
    )
    await ask(asking, stream=False)
    first, second = claude.seen
    assert (first.path, first.headers["x-api-key"]) == ("/v1/messages", claude.key)
    assert first.headers["authorization"] == f"Bearer {claude.key}"
    assert first.headers["anthropic-beta"] == "context-1m"
    assert first.headers["anthropic-version"] == "2026-10-21"
    assert second.headers["anthropic-version"] == "2023-06-01"


@BOTH
async def test_parallel_calls_and_their_results(
    asking: AsyncOpenAI, claude: AnthropicUpstream, stream: bool
) -> None:
    calls = (ToolCall("weather", '{"city": "Bern"}'), ToolCall("weather"))
    claude.script(ToolCalls(calls=calls, text="Let me see."), Answer("Sunny."))
    got = await ask(asking, stream, tools=[WEATHER])
    assert (got["text"], got["finish"]) == ("Let me see.", "tool_calls")
    (first, second) = got["calls"]
    assert (first[1:], second[1:]) == (("weather", {"city": "Bern"}), ("weather", {}))
    turns = [
        *HELLO,
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {
                    "id": id_,
                    "type": "function",
                    "function": {"name": name, "arguments": json.dumps(arguments)},
                }
                for id_, name, arguments in got["calls"]
            ],
        },
        {"role": "tool", "tool_call_id": second[0], "content": "rainy"},
        {"role": "tool", "tool_call_id": first[0], "content": [{"type": "text", "text": "sunny"}]},
        {"role": "user", "content": "And?"},
    ]
    got = await ask(asking, stream, tools=[WEATHER], messages=turns)
    assert got["text"] == "Sunny."
    assert [turn["role"] for turn in claude.seen[1].body["messages"]] == [
        "user",
        "assistant",
        "user",
    ]


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ({"tool_choice": "auto"}, {"type": "auto"}),
        ({"tool_choice": "none"}, {"type": "none"}),
        ({"tool_choice": "required"}, {"type": "any"}),
        (
            {"tool_choice": {"type": "function", "function": {"name": "weather"}}},
            {"type": "tool", "name": "weather"},
        ),
        (
            {"parallel_tool_calls": False},
            {"type": "auto", "disable_parallel_tool_use": True},
        ),
        (
            {"tool_choice": "required", "parallel_tool_calls": False},
            {"type": "any", "disable_parallel_tool_use": True},
        ),
        ({}, None),
    ],
)
async def test_choosing_tools(
    asking: AsyncOpenAI, claude: AnthropicUpstream, asked: Any, sent: Any
) -> None:
    await ask(asking, stream=False, tools=[WEATHER], **asked)
    assert claude.seen[0].body.get("tool_choice") == sent


async def test_pictures_files_and_what_the_system_says(
    asking: AsyncOpenAI, claude: AnthropicUpstream
) -> None:
    parts = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": PNG, "detail": "low"}},
        {"type": "image_url", "image_url": {"url": "https://a.example/b.jpg"}},
        {"type": "file", "file": {"filename": "a.pdf", "file_data": PDF}},
    ]
    turns = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": parts},
        {"role": "developer", "content": "Be kind."},
    ]
    await ask(asking, stream=False, messages=turns, stop=["END", "\n"], user="u1")
    body = claude.seen[0].body
    assert body["system"] == "Be brief."
    (turn,) = body["messages"]
    kinds = [block["type"] for block in turn["content"]]
    assert kinds == ["text", "image", "image", "document", "text"]
    assert "Be kind." in turn["content"][4]["text"]
    assert turn["content"][2]["source"] == {"type": "url", "url": "https://a.example/b.jpg"}
    assert turn["content"][3]["source"]["media_type"] == "application/pdf"
    assert (body["stop_sequences"], body["metadata"]) == (["END"], {"user_id": "u1"})


async def test_limits_and_heat(asking: AsyncOpenAI, claude: AnthropicUpstream) -> None:
    await ask(asking, stream=False, max_completion_tokens=77, temperature=1.7, seed=1, top_p=1)
    await ask(asking, stream=False, model="acme/claude-sonnet-4-5", frequency_penalty=1)
    first, second = (seen.body for seen in claude.seen)
    assert (first["max_tokens"], first["temperature"]) == (77, 1)
    assert "top_p" not in first
    assert second["max_tokens"] == 64_000


@BOTH
async def test_thinking_and_tools_of_every_generation(
    asking: AsyncOpenAI, claude: AnthropicUpstream, stream: bool
) -> None:
    older, newer = "acme/claude-sonnet-4-5", "acme/claude-opus-5-5"
    hot: Any = {"temperature": 0.3, "top_p": 0.5}
    await ask(asking, stream, model=older, reasoning_effort="high", **hot)
    await ask(asking, stream, model=older, reasoning_effort="high", max_tokens=1500)
    await ask(asking, stream, model=older, reasoning_effort="none", **hot)
    await ask(asking, stream, model=newer, reasoning_effort="low", **hot)
    await ask(asking, stream, model=newer, reasoning_effort="none")
    forced = {"tools": [WEATHER], "tool_choice": "required"}
    await ask(asking, stream, model=newer, **forced)
    await ask(asking, stream, model=older, reasoning_effort="low", **forced)
    bodies = [seen.body for seen in claude.seen]
    assert bodies[0]["thinking"] == {"type": "enabled", "budget_tokens": 16_384}
    assert not {"temperature", "top_p"} & bodies[0].keys()
    assert bodies[1]["thinking"]["budget_tokens"] < bodies[1]["max_tokens"] == 1500
    assert (bodies[2]["thinking"], bodies[2]["temperature"]) == ({"type": "disabled"}, 0.3)
    assert bodies[3]["thinking"]["type"] == "adaptive"
    assert bodies[3]["output_config"] == {"effort": "low"}
    assert "thinking" not in bodies[4]
    assert bodies[5]["tool_choice"] == {"type": "auto"}
    assert bodies[6]["thinking"] == {"type": "disabled"}


async def test_json_as_it_can_be_asked_for(asking: AsyncOpenAI, claude: AnthropicUpstream) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "object", "properties": {}}}}
    wanted: Any = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    await ask(asking, stream=False, model="acme/claude-sonnet-4-5", response_format=wanted)
    await ask(asking, stream=False, model="acme/alpha", response_format=wanted)
    await ask(asking, stream=False, response_format={"type": "json_object"})
    first, second, third = (seen.body for seen in claude.seen)
    assert first["output_config"]["format"]["schema"]["additionalProperties"] is False
    assert json.dumps(schema, separators=(",", ":")) in second["system"]
    assert "JSON" in third["system"]


@BOTH
@pytest.mark.parametrize(
    ("reason", "finish"),
    [("max_tokens", "length"), ("refusal", "content_filter"), ("pause_turn", "length")],
)
async def test_why_it_ended(
    asking: AsyncOpenAI, claude: AnthropicUpstream, reason: str, finish: str, stream: bool
) -> None:
    claude.script(Answer(finish=reason))
    assert (await ask(asking, stream))["finish"] == finish


@BOTH
async def test_sealed_thoughts_and_foreign_tools_stay_out(
    asking: AsyncOpenAI, claude: AnthropicUpstream, stream: bool
) -> None:
    blocks = (
        {"type": "redacted_thinking", "data": "c2VhbGVk"},
        {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}},
        {"type": "text", "text": "so"},
    )
    claude.script(Blocks(blocks=blocks))
    got = await ask(asking, stream)
    assert (got["text"], got["thought"], got["calls"]) == ("so", "", [])


@BOTH
@pytest.mark.parametrize("status", [400, 401, 413, 529])
async def test_refusals_come_in_the_clients_shape(
    asking: AsyncOpenAI, claude: AnthropicUpstream, status: int, stream: bool
) -> None:
    claude.default = Fail(status)
    words = claude.vendor.failure(status)["error"]["message"]
    with pytest.raises(APIStatusError) as caught:
        await ask(asking, stream, model="acme/alpha")
    body = json.loads(caught.value.response.text)
    assert set(body) == {"error"}
    assert set(body["error"]) == {"message", "type", "param", "code"}
    assert words in body["error"]["message"]
    assert caught.value.status_code == (400 if status in (401, 413) else status)


async def test_what_fails_after_content_is_an_error_event(
    asking: AsyncOpenAI, claude: AnthropicUpstream
) -> None:
    claude.script(ErrorEvent(3, status=529), CutAfter(3))
    with pytest.raises(APIError, match="Overloaded"):
        await ask(asking, stream=True)
    with pytest.raises(APIError, match="complete"):
        await ask(asking, stream=True)


async def test_what_can_not_be_said_is_refused_in_words(
    asking: AsyncOpenAI, claude: AnthropicUpstream
) -> None:
    audio = {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}
    with pytest.raises(BadRequestError, match="audio"):
        await ask(asking, False, messages=[{"role": "user", "content": [audio]}])
    assert not claude.seen


async def test_what_the_one_can_not_be_asked_the_other_may(
    house: House, claude: AnthropicUpstream, up: Upstream
) -> None:
    await house.add(claude, kind="anthropic_compatible", base_url=claude.root)
    await house.add(up, "other")
    await house.rule("acme/alpha", "other/alpha")
    audio = {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}
    got = await house.post({"messages": [{"role": "user", "content": [audio]}]})
    assert (got.status, got.headers["x-butler-target"]) == (200, "other/alpha")
    first, second = (await house.row())["attempts"]
    assert (first["failure"], second["outcome"]) == ("unsupported_content", "answered")


async def test_default_parameters_lie_under_the_requests(
    house: House, claude: AnthropicUpstream, tmp_path: Path
) -> None:
    models = [{"name": "alpha", "parameters": {"temperature": 0.2, "max_tokens": 50}}]
    await house.add(claude, kind="anthropic_compatible", models=models)
    await house.ask()
    await house.ask(temperature=0.9, max_completion_tokens=60)
    first, second = (seen.body for seen in claude.seen)
    assert (first["temperature"], first["max_tokens"]) == (0.2, 50)
    assert (second["temperature"], second["max_tokens"]) == (0.9, 60)
