"""The vendor's own SDK shows that the pretended vendor of responses is like the real one."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from openai import AsyncOpenAI, BadRequestError, NotFoundError
from openai.types.responses import ResponseStreamEvent
from pydantic import TypeAdapter

from tests.fakes import Answer, ErrorEvent, ToolCall, ToolCalls, Usage, Wire
from tests.fakes.openai_responses import Items, ResponsesUpstream
from tests.fakes.responses_input import sealed_by

EVENTS: TypeAdapter[Any] = TypeAdapter(ResponseStreamEvent)
WIRES = [Wire(), Wire(split_bytes=1), Wire(split_bytes=7, crlf=True), Wire(comments=True)]
CALL = {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"}
RESULT = {"type": "function_call_output", "call_id": "c1", "output": "ok"}
TOOL = {"type": "function", "name": "f", "parameters": {"type": "object"}, "strict": False}


@pytest.fixture
async def vendor() -> AsyncIterator[ResponsesUpstream]:
    async with ResponsesUpstream(models=("alpha", "gpt-4o", "gpt-5")) as upstream:
        yield upstream


@pytest.fixture
async def sdk(vendor: ResponsesUpstream) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(api_key=vendor.key, base_url=vendor.base_url, max_retries=0) as client:
        yield client


async def test_a_whole_response(vendor: ResponsesUpstream, sdk: AsyncOpenAI) -> None:
    vendor.script(Answer("four", reasoning="two and two", usage=Usage(12, 3, 4, 2, 5)))
    got = await sdk.responses.create(model="alpha", input="Hi")
    thought, _said = got.output
    assert (got.output_text, got.status, got.model) == ("four", "completed", "alpha")
    assert thought.type == "reasoning"
    assert (thought.summary[0].text, thought.encrypted_content) == (
        "two and two",
        sealed_by("alpha"),
    )
    assert got.usage is not None
    assert (got.usage.input_tokens, got.usage.input_tokens_details.cached_tokens) == (12, 4)


@pytest.mark.parametrize("wire", WIRES, ids=str)
async def test_a_stream_survives_any_split(
    vendor: ResponsesUpstream, sdk: AsyncOpenAI, wire: Wire
) -> None:
    vendor.script(Answer("Grüße, 世界", reasoning="let me think", wire=wire, finish="length"))
    events = [it async for it in await sdk.responses.create(model="alpha", input="Hi", stream=True)]
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert [event.type for event in events][:3] == [
        *("response.created", "response.in_progress", "response.output_item.added")
    ]
    last = events[-1]
    assert last.type == "response.incomplete"
    assert (last.response.output_text, last.response.status) == ("Grüße, 世界", "incomplete")


async def test_every_event_is_one_of_the_published(vendor: ResponsesUpstream) -> None:
    ask = vendor.vendor.read_ask(b'{"model":"alpha","input":"Hi","stream":true}', ["alpha"])
    custom = {"id": "ctc_1", "type": "custom_tool_call", "call_id": "c1", "name": "x"}
    search = {"id": "ws_1", "type": "web_search_call", "status": "completed"}
    calls = ToolCalls((ToolCall("f", '{"x": 1}'), ToolCall("g")), text="Wait.")
    for reply in (
        Answer("Hi", reasoning="Hm."),
        calls,
        Items(items=({**search, "action": {"type": "search", "query": "q"}},)),
        Items(items=({**custom, "input": "ls"},)),
    ):
        for block in b"".join(vendor.vendor.events(reply, ask)).split(b"\n\n")[:-1]:
            EVENTS.validate_json(block.split(b"data: ", 1)[1])


async def test_an_error_in_a_stream(vendor: ResponsesUpstream, sdk: AsyncOpenAI) -> None:
    vendor.script(ErrorEvent(2, status=500))
    events = [it async for it in await sdk.responses.create(model="alpha", input="Hi", stream=True)]
    last = events[-1]
    assert last.type == "error"
    assert "server had an error" in last.message


@pytest.mark.parametrize(
    "body",
    [
        {"messages": []},
        {"max_output_tokens": 15},
        {"tools": [{"type": "function", "function": {"name": "f"}}]},
        {"tools": [TOOL], "tool_choice": {"type": "function", "name": "g"}},
        {"text": {"format": {"type": "json_schema", "json_schema": {}}}},
        {"include": ["everything"]},
        {"reasoning": {"effort": "endless"}},
        {"temperature": True},
        {"input": []},
        {"input": [{"type": "message", "role": "user", "content": [{"type": "text"}]}]},
        {"input": [{"role": "assistant", "content": [{"type": "input_text", "text": "x"}]}]},
        {"input": [{"type": "message", "id": "x", "role": "user", "content": "Hi"}]},
        {"input": [RESULT]},
        {"input": [CALL]},
        {"input": [{**CALL, "id": "fc_thought_1"}, RESULT]},
        {"input": [{"type": "reasoning", "summary": [], "encrypted_content": "foreign"}]},
        {"model": "gpt-4o", "include": ["reasoning.encrypted_content"]},
        {"model": "gpt-4o", "reasoning": {"effort": "low"}},
        {"model": "gpt-5", "temperature": 0.5},
        {"previous_response_id": "what"},
    ],
    ids=str,
)
async def test_what_it_refuses(sdk: AsyncOpenAI, body: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"model": "alpha", "input": "Hi", **body}
    model, given = asked.pop("model"), asked.pop("input")
    with pytest.raises(BadRequestError):
        await sdk.responses.create(model=model, input=given, extra_body=asked)


async def test_what_it_does_not_find(sdk: AsyncOpenAI) -> None:
    with pytest.raises(NotFoundError):
        await sdk.responses.create(model="gamma", input="Hi")
    thought: Any = {"type": "reasoning", "id": "rs_1", "summary": []}
    with pytest.raises(NotFoundError):
        await sdk.responses.create(model="alpha", input=[thought])


async def test_a_round_that_is_whole(vendor: ResponsesUpstream, sdk: AsyncOpenAI) -> None:
    sealed = {"type": "reasoning", "summary": [], "encrypted_content": sealed_by("alpha")}
    turns: Any = [sealed, {**CALL, "id": "fc_thought_1"}, RESULT]
    got = await sdk.responses.create(model="alpha", input=turns, max_output_tokens=16)
    assert got.status == "completed"
