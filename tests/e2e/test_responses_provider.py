"""A provider of OpenAI's responses, asked by clients of every dialect: streamed and whole."""

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from anthropic import AsyncAnthropic
from openai import AsyncOpenAI, BadRequestError

from tests.e2e.house import HELLO, House
from tests.fakes import Answer, ErrorEvent, Fail, ToolCall, ToolCalls, Upstream, Usage, Wire
from tests.fakes.openai_responses import Items, ResponsesUpstream
from tests.fakes.responses_input import sealed_by

BOTH = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
PNG = base64.b64encode(b"\x89PNG").decode()
CITY: dict[str, Any] = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
WEATHER: dict[str, Any] = {"name": "weather", "description": "Tell it.", "parameters": CITY}
CALLED = ToolCalls((ToolCall("weather", '{"city": "Ghent"}', "call_7"),))
MODELS = ("alpha", "gpt-4o", "gpt-5")


@pytest.fixture
async def vendor(house: House) -> AsyncIterator[ResponsesUpstream]:
    """The one provider of the house."""
    async with ResponsesUpstream(models=MODELS) as up:
        await house.add(up, kind="openai_responses")
        yield up


@pytest.fixture
async def sdk(house: House, vendor: ResponsesUpstream) -> AsyncIterator[AsyncOpenAI]:
    """OpenAI's client."""
    async with house.sdk() as client:
        yield client


@pytest.fixture
async def claude(house: House, vendor: ResponsesUpstream) -> AsyncIterator[AsyncAnthropic]:
    """Anthropic's client."""
    async with AsyncAnthropic(base_url=house.root, auth_token=house.token, max_retries=0) as client:
        yield client


# --- clients of chat completions ---


async def chat(sdk: AsyncOpenAI, stream: bool, **more: Any) -> Any:
    """Ask, and return the completion, gathered from chunks where it came in some."""
    body = {"model": "auto", "messages": HELLO, **more}
    if not stream:
        return await sdk.chat.completions.create(**body)
    options = {"include_usage": True}
    async with sdk.chat.completions.stream(**body, stream_options=options) as events:
        async for _event in events:
            pass
        return await events.get_final_completion()


@BOTH
async def test_chat_gets_words_thoughts_and_tokens(
    house: House, sdk: AsyncOpenAI, vendor: ResponsesUpstream, stream: bool
) -> None:
    usage = Usage(30, 9, cached_tokens=12, reasoning_tokens=4)
    vendor.script(Answer("Grüezi, 世界", reasoning="hm, hm", usage=usage, wire=Wire(split_bytes=7)))
    got = await chat(sdk, stream, reasoning_effort="high")
    (choice,) = got.choices
    assert (choice.message.content, choice.finish_reason) == ("Grüezi, 世界", "stop")
    assert (choice.message.model_extra or {})["reasoning_content"] == "hm, hm"
    assert (got.usage.prompt_tokens, got.usage.completion_tokens) == (30, 9)
    assert got.usage.prompt_tokens_details.cached_tokens == 12
    assert got.usage.completion_tokens_details.reasoning_tokens == 4
    sent = vendor.seen[-1].body
    assert sent["reasoning"] == {"effort": "high", "summary": "auto"}
    assert (sent["store"], sent["include"]) == (False, ["reasoning.encrypted_content"])
    row = await house.row()
    assert (row["input_tokens"], row["output_tokens"], row["cached_tokens"]) == (30, 9, 12)


@BOTH
async def test_chat_calls_a_tool(sdk: AsyncOpenAI, vendor: ResponsesUpstream, stream: bool) -> None:
    vendor.script(CALLED, Answer("Rain."))
    tools = [{"type": "function", "function": WEATHER}]
    first = await chat(sdk, stream, tools=tools)
    (choice,) = first.choices
    (call,) = choice.message.tool_calls
    assert (call.id, call.function.name) == ("call_7", "weather")
    assert (json.loads(call.function.arguments), choice.finish_reason) == (
        {"city": "Ghent"},
        "tool_calls",
    )
    said = {
        "role": "assistant",
        "content": None,
        "tool_calls": [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": "weather", "arguments": call.function.arguments},
            }
        ],
    }
    result = {"role": "tool", "tool_call_id": call.id, "content": "rain"}
    second = await chat(sdk, stream, tools=tools, messages=[*HELLO, said, result])
    assert second.choices[0].message.content == "Rain."
    assert [item["type"] for item in vendor.seen[-1].body["input"]] == [
        *("message", "function_call", "function_call_output")
    ]


@BOTH
async def test_chat_shows_a_picture_and_wants_a_schema(
    sdk: AsyncOpenAI, vendor: ResponsesUpstream, stream: bool
) -> None:
    vendor.script(Answer('{"city":"Ghent"}'))
    url = f"data:image/png;base64,{PNG}"
    content = [
        {"type": "text", "text": "Where?"},
        {"type": "image_url", "image_url": {"url": url}},
    ]
    schema = {"name": "place", "schema": CITY, "strict": True}
    got = await chat(
        sdk,
        stream,
        messages=[{"role": "user", "content": content}],
        response_format={"type": "json_schema", "json_schema": schema},
        max_completion_tokens=100,
        stop=["."],
    )
    assert json.loads(got.choices[0].message.content) == {"city": "Ghent"}
    sent = vendor.seen[-1].body
    assert sent["input"][0]["content"][1]["image_url"] == url
    assert sent["text"]["format"] == {"type": "json_schema", **schema}
    assert (sent["max_output_tokens"], "stop" in sent) == (100, False)


@BOTH
async def test_chat_reads_a_refusal(
    sdk: AsyncOpenAI, vendor: ResponsesUpstream, stream: bool
) -> None:
    part = {"type": "refusal", "refusal": "I will not."}
    item = {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed"}
    vendor.script(Items(items=({**item, "content": [part]},)))
    got = await chat(sdk, stream)
    message = got.choices[0].message
    assert (message.refusal, message.content) == ("I will not.", None)


# --- clients of messages ---


@BOTH
async def test_messages_think_call_and_come_back(
    house: House, claude: AsyncAnthropic, vendor: ResponsesUpstream, stream: bool
) -> None:
    """Such a client keeps what the model has sealed, as a seal of ours: it comes back unchanged."""
    vendor.script(Thinking(), Answer("Rain."))
    tools = [{"name": "weather", "description": "Tell it.", "input_schema": CITY}]
    first = await message(claude, stream, tools=tools)
    assert first.stop_reason == "tool_use"
    thought, call = first.content
    assert (thought.thinking, sealed_by("alpha") in str(first)) == ("It may rain.", False)
    assert (call.id, call.name, call.input) == ("call_7", "weather", {"city": "Ghent"})
    said = {"role": "assistant", "content": [block.to_dict() for block in first.content]}
    picture = {"type": "base64", "media_type": "image/png", "data": PNG}
    content = [{"type": "text", "text": "rain"}, {"type": "image", "source": picture}]
    result = {"type": "tool_result", "tool_use_id": call.id, "content": content}
    turns = [*HELLO, said, {"role": "user", "content": [result]}]
    second = await message(claude, stream, tools=tools, messages=turns)
    assert second.content[0].text == "Rain."
    items = vendor.seen[-1].body["input"]
    assert [item["type"] for item in items] == [
        *("message", "reasoning", "function_call", "function_call_output")
    ]
    assert items[1]["encrypted_content"] == sealed_by("alpha")
    assert items[3]["output"][1]["type"] == "input_image"
    assert (await house.rows(2))[1]["warnings"] == []


class Thinking(ToolCalls):
    """A thought, and then a call."""

    def __init__(self) -> None:
        super().__init__(CALLED.calls)

    def deltas(self) -> list[dict[str, Any]]:
        """The thought comes first."""
        return [{"reasoning_content": "It may rain."}, *super().deltas()]


async def message(claude: AsyncAnthropic, stream: bool, **more: Any) -> Any:
    """Ask, and return the message."""
    body = {"model": "auto", "max_tokens": 1000, "messages": HELLO, "system": "Be brief.", **more}
    if not stream:
        return await claude.messages.create(**body)
    async with claude.messages.stream(**body) as events:
        return await events.get_final_message()


@BOTH
async def test_messages_get_words_and_tokens(
    claude: AsyncAnthropic, vendor: ResponsesUpstream, stream: bool
) -> None:
    vendor.script(Answer("Hello.", usage=Usage(30, 9, cached_tokens=12), finish="length"))
    got = await message(claude, stream, thinking={"type": "enabled", "budget_tokens": 1024})
    assert (got.content[0].text, got.stop_reason) == ("Hello.", "max_tokens")
    assert (got.usage.input_tokens, got.usage.cache_read_input_tokens) == (18, 12)
    sent = vendor.seen[-1].body
    assert (sent["instructions"], sent["reasoning"]["effort"]) == ("Be brief.", "low")


# --- clients of responses: their bytes pass through ---


async def test_equals_pass_through_but_for_the_models_name(
    house: House, vendor: ResponsesUpstream
) -> None:
    tools = b'[{"type":"web_search"},{"type":"custom","name":"exec"}]'
    body = b'{"input": "Hi",  "model":"%s","store":true,"tools":' + tools + b',"top_p":1.0}'
    got = await house.call("POST", "/v1/responses", body % b"acme/alpha")
    assert (got.status, got.json["model"]) == (200, "acme/alpha")
    assert vendor.seen[-1].body_bytes == body % b"alpha"
    assert (await house.row())["warnings"] == []


@BOTH
async def test_tools_of_the_vendor_are_its_own(
    house: House, sdk: AsyncOpenAI, vendor: ResponsesUpstream, stream: bool
) -> None:
    """Searches, custom tools and what they bring reach the client as they are."""
    search = {"id": "ws_1", "type": "web_search_call", "status": "completed"}
    custom = {"id": "ctc_1", "type": "custom_tool_call", "call_id": "c1", "name": "exec"}
    vendor.script(Items(items=(search, {**custom, "input": 'print("hi")\n'})))
    body: dict[str, Any] = {"model": "auto", "input": "Hi", "tools": [{"type": "web_search"}]}
    if stream:
        async with sdk.responses.stream(**body) as events:
            got: Any = await events.get_final_response()
    else:
        got = await sdk.responses.create(**body)
    assert [item.type for item in got.output] == ["web_search_call", "custom_tool_call"]
    assert (got.output[1].input, got.model) == ('print("hi")\n', "acme/alpha")
    row = await house.row()
    assert (row["usage_source"], row["input_tokens"]) == ("reported", 12)


async def test_who_names_the_model_may_lean_on_its_memory(
    house: House, sdk: AsyncOpenAI, vendor: ResponsesUpstream
) -> None:
    leaning: dict[str, Any] = {"input": "Hi", "previous_response_id": "resp_1"}
    got = await sdk.responses.create(model="acme/alpha", **leaning)
    assert got.status == "completed"
    assert vendor.seen[-1].body["previous_response_id"] == "resp_1"
    with pytest.raises(BadRequestError) as refused:
        await sdk.responses.create(model="auto", **leaning)
    assert refused.value.param == "previous_response_id"


async def test_foreign_thoughts_and_ids_stay_behind(
    house: House, sdk: AsyncOpenAI, vendor: ResponsesUpstream
) -> None:
    async with ResponsesUpstream(models=("beta",), key="sk-other") as other:
        await house.add(other, "other", kind="openai_responses")
        vendor.script(Thinking())
        tools: Any = [{"type": "function", **WEATHER, "strict": True}]
        first = await sdk.responses.create(model="acme/alpha", input="Hi", tools=tools)
        items: list[Any] = [item.to_dict() for item in first.output]
        result = {"type": "function_call_output", "call_id": "call_7", "output": "rain"}
        turns: Any = [{"role": "user", "content": "Hi"}, *items, result]
        await sdk.responses.create(model="acme/alpha", input=turns, tools=tools)
        assert vendor.seen[-1].body["input"] == turns
        await sdk.responses.create(model="other/beta", input=turns, tools=tools)
        seen = other.seen[-1].body["input"]
    assert [item.get("type") for item in seen] == [None, "function_call", "function_call_output"]
    assert "id" not in seen[1]


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-5"])
async def test_what_a_model_refuses_is_not_said(
    house: House, sdk: AsyncOpenAI, vendor: ResponsesUpstream, model: str
) -> None:
    await house.rule(f"acme/{model}")
    await chat(sdk, stream=False, temperature=0.5, reasoning_effort="high", max_tokens=3)
    more: Any = {"include": ["reasoning.encrypted_content"], "reasoning": {"effort": "low"}}
    await sdk.responses.create(model="auto", input="Hi", temperature=0.5, **more)
    for seen in vendor.seen:
        assert ("reasoning" in seen.body, "temperature" in seen.body) == (
            (False, True) if model == "gpt-4o" else (True, False)
        )


# --- faults ---


async def test_an_error_before_content_goes_elsewhere(
    house: House, vendor: ResponsesUpstream, up: Upstream
) -> None:
    await house.add(up, "other")
    await house.rule("acme/alpha", "other/beta")
    vendor.default = ErrorEvent(1, vendor.vendor.error(500, "It broke.", None, "server_error"))
    got = await house.call("POST", "/v1/responses", {"input": "Hi", "stream": True})
    assert (got.status, got.headers["x-butler-target"]) == (200, "other/beta")
    assert got.events[-1]["type"] == "response.completed"


async def test_a_vendors_words_reach_every_client(
    house: House, sdk: AsyncOpenAI, vendor: ResponsesUpstream
) -> None:
    body = vendor.vendor.error(
        400, "This model's maximum context length is 8.", "input", "context_length_exceeded"
    )
    vendor.default = Fail(400, body)
    for path, asked in (
        ("/v1/responses", {"input": "Hi"}),
        ("/v1/chat/completions", {"messages": HELLO}),
        ("/v1/messages", {"messages": HELLO, "max_tokens": 9}),
    ):
        got = await house.call("POST", path, asked)
        assert got.status == 400
        words = got.json["error"]
        assert "too long" in words["message"] or words["code"] == "context_length_exceeded"
