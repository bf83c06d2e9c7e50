"""The vendor's own SDK shows that the pretended Anthropic is like the real one."""

import json
from collections.abc import AsyncIterator
from typing import Any

import anthropic
import pytest
from anthropic import AsyncAnthropic

from tests.fakes import (
    Answer,
    AnthropicUpstream,
    Blocks,
    CutAfter,
    Ending,
    ErrorEvent,
    Fail,
    ToolCall,
    ToolCalls,
    Usage,
    Wire,
)

HELLO: list[Any] = [{"role": "user", "content": "hello"}]
TOOL: dict[str, Any] = {"name": "weather", "input_schema": {"type": "object"}}
WIRES = [Wire(), Wire(split_bytes=1), Wire(split_bytes=7, crlf=True), Wire(comments=True)]


@pytest.fixture
async def claude() -> AsyncIterator[AnthropicUpstream]:
    async with AnthropicUpstream(models=("alpha", "beta", "claude-opus-5-5")) as upstream:
        yield upstream


@pytest.fixture
async def sdk(claude: AnthropicUpstream) -> AsyncIterator[AsyncAnthropic]:
    async with AsyncAnthropic(api_key=claude.key, base_url=claude.root, max_retries=0) as client:
        yield client


def asked(**more: Any) -> dict[str, Any]:
    return {"model": "alpha", "max_tokens": 100, "messages": HELLO, **more}


async def test_a_whole_message(claude: AnthropicUpstream, sdk: AsyncAnthropic) -> None:
    claude.script(Answer("four", reasoning="two and two", usage=Usage(12, 3, 4, 2, 5)))
    message = await sdk.messages.create(**asked())
    thought, text = message.content
    assert (thought.type, text.type) == ("thinking", "text")
    assert thought.type == "thinking" and thought.thinking == "two and two" and thought.signature
    assert text.type == "text" and text.text == "four"
    assert (message.stop_reason, message.model) == ("end_turn", "alpha")
    usage = message.usage
    assert (usage.input_tokens, usage.cache_read_input_tokens) == (3, 4)
    assert (usage.cache_creation_input_tokens, usage.output_tokens) == (5, 3)


@pytest.mark.parametrize("wire", WIRES, ids=str)
async def test_a_stream_survives_any_split(
    claude: AnthropicUpstream, sdk: AsyncAnthropic, wire: Wire
) -> None:
    claude.script(Answer("Grüße, 世界 and the rest", reasoning="let me think", wire=wire))
    async with sdk.messages.stream(**asked()) as stream:
        message = await stream.get_final_message()
    assert [block.type for block in message.content] == ["thinking", "text"]
    thought, text = message.content
    assert thought.type == "thinking" and (thought.thinking, bool(thought.signature)) == (
        "let me think",
        True,
    )
    assert text.type == "text" and text.text == "Grüße, 世界 and the rest"
    assert (message.stop_reason, message.usage.output_tokens) == ("end_turn", 5)


@pytest.mark.parametrize("streamed", [True, False])
async def test_tool_calls(claude: AnthropicUpstream, sdk: AsyncAnthropic, streamed: bool) -> None:
    calls = (ToolCall("weather", '{"city": "Bern", "days": [1, 2]}'), ToolCall("weather"))
    claude.script(ToolCalls(calls=calls, text="Let me see."))
    if streamed:
        async with sdk.messages.stream(**asked(tools=[TOOL])) as stream:
            message = await stream.get_final_message()
    else:
        message = await sdk.messages.create(**asked(tools=[TOOL]))
    text, first, second = message.content
    assert text.type == "text" and text.text == "Let me see."
    assert first.type == "tool_use" and first.input == {"city": "Bern", "days": [1, 2]}
    assert second.type == "tool_use" and second.input == {}
    assert first.id != second.id
    assert message.stop_reason == "tool_use"


async def test_blocks_of_its_own(claude: AnthropicUpstream, sdk: AsyncAnthropic) -> None:
    sealed = {"type": "redacted_thinking", "data": "c2VhbGVk"}
    claude.script(Blocks(blocks=(sealed, {"type": "text", "text": "so"}), finish="pause_turn"))
    message = await sdk.messages.create(**asked())
    assert [block.type for block in message.content] == ["redacted_thinking", "text"]
    assert message.stop_reason == "pause_turn"


async def test_failures_in_its_own_words(claude: AnthropicUpstream, sdk: AsyncAnthropic) -> None:
    for status, kind in ((429, "rate_limit_error"), (529, "overloaded_error"), (500, "api_error")):
        claude.script(Fail(status))
        with pytest.raises(anthropic.APIStatusError) as caught:
            await sdk.messages.create(**asked())
        assert caught.value.status_code == status
        assert json.loads(caught.value.response.text)["error"]["type"] == kind


async def test_a_stream_that_fails(claude: AnthropicUpstream, sdk: AsyncAnthropic) -> None:
    claude.script(ErrorEvent(2, status=529), CutAfter(2), CutAfter(2, Ending.TERMINATED))
    with pytest.raises(anthropic.APIStatusError, match="overloaded_error"):
        async with sdk.messages.stream(**asked()) as stream:
            await stream.get_final_message()
    with pytest.raises(Exception, match=r"(?i)closed|incomplete"):
        async with sdk.messages.stream(**asked()) as stream:
            await stream.get_final_message()
    async with sdk.messages.stream(**asked()) as stream:
        assert (await stream.get_final_message()).stop_reason is None


async def test_events_mean_the_same_as_elsewhere(
    claude: AnthropicUpstream, sdk: AsyncAnthropic
) -> None:
    claude.script(CutAfter(3, Ending.TERMINATED))
    async with sdk.messages.stream(**asked()) as stream:
        assert "".join([text async for text in stream.text_stream]) == "Hello from "


async def test_models_page_by_page(claude: AnthropicUpstream, sdk: AsyncAnthropic) -> None:
    listed = [model async for model in await sdk.models.list(limit=2)]
    assert [model.id for model in listed] == list(claude.models)
    assert listed[0].max_input_tokens == 200_000
    assert len(claude.seen) == 2


CALL = {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {}}
RESULT = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "sunny"}
TURNS: dict[str, list[Any]] = {
    "none": [],
    "system": [{"role": "system", "content": "x"}, *HELLO],
    "tool": [*HELLO, {"role": "tool", "content": "x"}],
    "assistant first": [{"role": "assistant", "content": "x"}],
    "empty text": [{"role": "user", "content": [{"type": "text", "text": " "}]}],
    "nothing": [{"role": "user", "content": []}, {"role": "assistant", "content": "a"}],
    "image url": [{"role": "user", "content": [{"type": "image_url", "image_url": "x"}]}],
    "no result": [*HELLO, {"role": "assistant", "content": [CALL]}, *HELLO],
    "no call": [{"role": "user", "content": [RESULT]}],
    "late result": [
        *HELLO,
        {"role": "assistant", "content": [CALL]},
        {"role": "user", "content": [{"type": "text", "text": "so"}, RESULT]},
    ],
    "bad id": [*HELLO, {"role": "assistant", "content": [{**CALL, "id": "a b"}]}],
    "trailing space": [*HELLO, {"role": "assistant", "content": "so "}],
    "unsigned": [
        *HELLO,
        {"role": "assistant", "content": [{"type": "thinking", "thinking": "x"}]},
        *HELLO,
    ],
}
THINKING = {"type": "enabled", "budget_tokens": 1024}
BODIES: dict[str, dict[str, Any]] = {
    "no max_tokens": {"max_tokens": None},
    "too many": {"max_tokens": 200_000},
    "hot": {"temperature": 1.5},
    "unknown": {"frequency_penalty": 1},
    "blank stop": {"stop_sequences": ["\n"]},
    "budget": {"max_tokens": 1024, "thinking": THINKING},
    "small budget": {"thinking": {"type": "enabled", "budget_tokens": 50}},
    "cold thinking": {"max_tokens": 2000, "thinking": THINKING, "temperature": 0.5},
    "forced thinking": {
        "max_tokens": 2000,
        "thinking": THINKING,
        "tools": [TOOL],
        "tool_choice": {"type": "any"},
    },
    "choice without tools": {"tool_choice": {"type": "auto"}},
    "unknown tool": {"tools": [TOOL], "tool_choice": {"type": "tool", "name": "other"}},
    "open schema": {"output_config": {"format": {"type": "json_schema", "schema": {
        "type": "object", "properties": {}}}}},
    "same tool twice": {"tools": [TOOL, TOOL]},
    "no type in schema": {"tools": [{"name": "x", "input_schema": {}}]},
    "new model, old thinking": {"model": "claude-opus-5-5", "thinking": {"type": "disabled"}},
    "new model, old sampling": {"model": "claude-opus-5-5", "temperature": 1},
    "unthoughtful tools": {
        "max_tokens": 2000,
        "thinking": THINKING,
        "tools": [TOOL],
        "messages": [
            *HELLO,
            {"role": "assistant", "content": [CALL]},
            {"role": "user", "content": [RESULT]},
        ],
    },
    **{f"turns: {name}": {"messages": turns} for name, turns in TURNS.items()},
}  # fmt: skip


@pytest.mark.parametrize("more", BODIES.values(), ids=BODIES)
async def test_what_the_vendor_refuses(
    claude: AnthropicUpstream, sdk: AsyncAnthropic, more: dict[str, Any]
) -> None:
    body = {key: value for key, value in asked(**more).items() if value is not None}
    with pytest.raises(anthropic.BadRequestError) as caught:
        await sdk.post("/v1/messages", body=body, cast_to=object)
    assert json.loads(caught.value.response.text)["error"]["type"] == "invalid_request_error"


async def test_a_tool_loop_that_is_in_order(claude: AnthropicUpstream, sdk: AsyncAnthropic) -> None:
    turns = [
        *HELLO,
        {"role": "assistant", "content": [{"type": "text", "text": "hm"}, CALL]},
        {"role": "user", "content": [RESULT, {"type": "text", "text": "and now?"}]},
    ]
    await sdk.messages.create(**asked(tools=[TOOL], messages=turns))


async def test_heads_that_the_vendor_refuses(
    claude: AnthropicUpstream, sdk: AsyncAnthropic
) -> None:
    with pytest.raises(anthropic.AuthenticationError):
        await sdk.with_options(api_key="wrong").messages.create(**asked())
    with pytest.raises(anthropic.BadRequestError, match="anthropic-version"):
        await sdk.messages.create(**asked(), extra_headers={"anthropic-version": ""})
    with pytest.raises(anthropic.NotFoundError):
        await sdk.messages.create(**asked(model="gamma"))
