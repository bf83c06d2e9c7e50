"""`POST /v1/responses` with the vendor's own client, whichever kind of provider answers."""

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from openai import APIError, BadRequestError, RateLimitError
from openai.types.responses import Response

from tests.e2e.house import RULES_ALONE, House, talk, until
from tests.fakes import (
    Answer,
    AnthropicUpstream,
    CutAfter,
    Fail,
    ToolCall,
    ToolCalls,
    Upstream,
    Usage,
    Wire,
)
from tests.fakes.anthropic_message import SIGNATURE

BOTH = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
PNG = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
CITY: dict[str, Any] = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
WEATHER: dict[str, Any] = {
    "type": "function",
    "name": "weather",
    "description": "Tell the weather.",
    "parameters": CITY,
    "strict": False,
}
SPAWN = {**WEATHER, "name": "spawn_agent"}
PATCH: dict[str, Any] = {
    "type": "custom",
    "name": "apply_patch",
    "description": "Change files.",
    "format": {"type": "grammar", "syntax": "lark", "definition": "start: /.+/"},
}
CODEX: dict[str, Any] = {
    "model": "auto",
    "stream": True,
    "store": False,
    "include": ["reasoning.encrypted_content"],
    "reasoning": {"summary": "auto"},
    "parallel_tool_calls": True,
    "tool_choice": "auto",
    "prompt_cache_key": "0199-thread",
    "client_metadata": {"originator": "codex_exec"},
    "tools": [
        WEATHER,
        {"type": "namespace", "name": "multi_agent_v1", "tools": [SPAWN]},
        {"type": "web_search", "external_web_access": False},
        PATCH,
    ],
    "input": [
        {
            "type": "message",
            "role": "developer",
            "content": [{"type": "input_text", "text": "You are a coding agent."}],
        },
        {
            "type": "message",
            "role": "user",
            "content": [
                {"type": "input_text", "text": "<environment_context>x</environment_context>"}
            ],
        },
        {
            "type": "message",
            "id": "msg_1",
            "role": "user",
            "content": [{"type": "input_text", "text": "Fix the bug in parse.py"}],
        },
        {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gAAAsealed"},
        {
            "type": "function_call",
            "id": "fc_1",
            "name": "spawn_agent",
            "namespace": "multi_agent_v1",
            "call_id": "call_1",
            "arguments": '{"city": "Ghent"}',
        },
        {
            "type": "custom_tool_call",
            "id": "ctc_1",
            "name": "apply_patch",
            "call_id": "call_2",
            "input": "*** Begin",
        },
        {"type": "function_call_output", "id": "fco_1", "call_id": "call_1", "output": "done"},
        {
            "type": "custom_tool_call_output",
            "call_id": "call_2",
            "output": [{"type": "input_text", "text": "patched"}],
        },
        {"type": "something_of_tomorrow", "text": "?"},
    ],
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


async def ask(house: House, stream: bool, **more: Any) -> Response:
    """Ask as the vendor's client does, and return the response that it makes of the answer."""
    body: dict[str, Any] = {"model": "auto", "input": "Hello there, how are you?", **more}
    async with house.sdk() as sdk:
        if not stream:
            return await sdk.responses.create(**body)
        async with sdk.responses.stream(**body) as events:
            return await events.get_final_response()


@BOTH
@pytest.mark.parametrize("wire", [Wire(), Wire(split_bytes=1), Wire(crlf=True)], ids=str)
async def test_an_answer(house: House, vendor: Upstream, stream: bool, wire: Wire) -> None:
    vendor.script(Answer(text="I am fine, 你好!", usage=Usage(12, 5), wire=wire))
    response = await ask(house, stream, instructions="Be brief.")
    assert response.output_text == "I am fine, 你好!"
    assert (response.status, response.model) == ("completed", "acme/alpha")
    assert response.usage is not None
    assert (response.usage.input_tokens, response.usage.output_tokens) == (12, 5)
    assert "Be brief." in str(vendor.seen[-1].body)
    row = await house.row()
    assert (row["endpoint"], row["status"], row["layer"]) == ("responses", 200, "default")
    assert (row["input_tokens"], row["output_tokens"]) == (12, 5)


async def test_the_events_of_a_stream(house: House, vendor: Upstream) -> None:
    vendor.script(Answer(text="Hello"))
    got = await house.call("POST", "/v1/responses", {"input": "Hi", "stream": True})
    kinds = list(dict.fromkeys(event["type"] for event in got.events))
    assert kinds == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert [event["sequence_number"] for event in got.events] == list(range(len(got.events)))


@BOTH
async def test_a_round_with_a_tool(house: House, vendor: Upstream, stream: bool) -> None:
    vendor.script(ToolCalls((ToolCall("weather", '{"city": "Ghent"}'),)))
    first = await ask(house, stream, tools=[WEATHER])
    (called,) = first.output
    assert called.type == "function_call"
    assert (called.name, json.loads(called.arguments)) == ("weather", {"city": "Ghent"})
    result = {"type": "function_call_output", "call_id": called.call_id, "output": "rain"}
    told = {key: it for key, it in called.to_dict().items() if key != "parsed_arguments"}
    second = await ask(
        house, stream, tools=[WEATHER], input=[{"role": "user", "content": "So?"}, told, result]
    )
    assert second.status == "completed"
    assert "rain" in str(vendor.seen[-1].body["messages"])
    assert "weather" in str(vendor.seen[-1].body["tools"])


class Thinking(ToolCalls):
    """A thought, and then a call."""

    def deltas(self) -> list[dict[str, Any]]:
        """The thought comes first."""
        return [{"reasoning_content": "It may rain."}, *super().deltas()]

    def message(self) -> dict[str, Any]:
        """The same, whole."""
        return {**super().message(), "reasoning_content": "It may rain."}


@BOTH
async def test_thoughts_come_back_to_the_one_who_thought_them(
    house: House, vendor: Upstream, other: Upstream, stream: bool
) -> None:
    """Within a round of tools the one vendor wants its signature, the other one all the words."""
    await house.add(other, "other")
    vendor.script(Thinking((ToolCall("weather", '{"city": "Ghent"}'),)))
    more: dict[str, Any] = {"tools": [WEATHER], "reasoning": {"effort": "low"}}
    first = await ask(house, stream, model="acme/alpha", **more)
    thought, called = first.output
    assert (thought.type, called.type) == ("reasoning", "function_call")
    assert thought.summary[0].text == "It may rain."
    told = [
        {key: it for key, it in item.to_dict().items() if key != "parsed_arguments"}
        for item in (thought, called)
    ]
    result = {"type": "function_call_output", "call_id": called.call_id, "output": "rain"}
    turns = [{"role": "user", "content": "So?"}, *told, result]
    await ask(house, stream, model="acme/alpha", input=turns, **more)
    said = vendor.seen[-1].body["messages"][1]
    if isinstance(vendor, AnthropicUpstream):
        assert said["content"][0] == {
            "type": "thinking",
            "thinking": "It may rain.",
            "signature": SIGNATURE,
        }
        assert vendor.seen[-1].body["thinking"]["type"] == "enabled"
    else:
        assert said["reasoning_content"] == "It may rain."
    await ask(house, stream, model="other/gamma", input=turns, **more)
    assert "It may rain." not in str(other.seen[-1].body)


async def test_what_codex_sends(house: House, vendor: Upstream) -> None:
    calls = (
        ToolCall("multi_agent_v1__spawn_agent", '{"city": "Ghent"}'),
        ToolCall("apply_patch", '{"input": "*** Begin\\n"}'),
    )
    vendor.script(ToolCalls(calls))
    headers = {
        "originator": "codex_exec",
        "session-id": "s1",
        "x-codex-turn-metadata": '{"request_kind": "turn"}',
    }
    got = await house.call("POST", "/v1/responses", CODEX, headers=headers)
    assert got.status == 200, got.raw
    done = [it["item"] for it in got.events if it["type"] == "response.output_item.done"]
    assert [(it["type"], it.get("namespace"), it["name"]) for it in done] == [
        ("function_call", "multi_agent_v1", "spawn_agent"),
        ("custom_tool_call", None, "apply_patch"),
    ]
    assert done[1]["input"] == "*** Begin\n"
    sent = json.dumps(vendor.seen[-1].body)
    assert "multi_agent_v1__spawn_agent" in sent
    for gone in ("gAAAsealed", "fco_1", "msg_1", "web_search"):
        assert gone not in sent
    row = await house.row()
    assert (row["client"], row["call_kind"]) == ("codex", "main")
    assert any("web_search" in warning for warning in row["warnings"])


@BOTH
async def test_pictures_arrive(house: House, vendor: Upstream, stream: bool) -> None:
    content = [
        {"type": "input_text", "text": "What is it?"},
        {"type": "input_image", "image_url": PNG, "detail": "high"},
    ]
    await ask(house, stream, input=[{"role": "user", "content": content}])
    assert PNG.partition(",")[2] in str(vendor.seen[-1].body["messages"])
    assert (await house.row())["modalities"] == ["image", "text"]


@BOTH
async def test_structured_output(house: House, vendor: Upstream, stream: bool) -> None:
    vendor.script(Answer(text='{"city":"Ghent"}'))
    format_ = {"type": "json_schema", "name": "place", "schema": CITY, "strict": True}
    response = await ask(house, stream, text={"format": format_})
    assert json.loads(response.output_text) == {"city": "Ghent"}
    assert "additionalProperties" in json.dumps(vendor.seen[-1].body)


@BOTH
async def test_a_refusal(house: House, vendor: Upstream, stream: bool) -> None:
    await house.set(dispatch__retries=0)
    vendor.script(Fail(429, retry_after="7"))
    with pytest.raises(RateLimitError) as refused:
        await ask(house, stream)
    assert refused.value.response.headers["retry-after"] == "7"


async def test_a_stream_that_breaks_off(house: House, vendor: Upstream) -> None:
    await house.set(dispatch__retries=0)
    vendor.script(CutAfter(3, reply=Answer(text="one two three four five")))
    with pytest.raises(APIError):
        await ask(house, True)


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "input"),
        ({"input": 7}, "input"),
        ({"input": []}, "input"),
        ({"input": "Hi", "previous_response_id": "resp_1"}, "previous_response_id"),
        ({"input": "Hi", "background": True, "model": "acme/alpha"}, "background"),
        ({"input": [{"type": "compaction_trigger"}]}, "input"),
    ],
    ids=str,
)
async def test_what_can_not_be_read(house: House, body: Any, param: str) -> None:
    got = await house.call("POST", "/v1/responses", body)
    assert (got.status, got.error["param"]) == (400, param)
    async with house.sdk() as sdk:
        with pytest.raises(BadRequestError):
            await sdk.responses.create(input="Hi", previous_response_id="resp_1")


async def test_a_websocket_is_told_to_post(house: House) -> None:
    upgrade = (
        b"GET /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
        b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    got = await talk(house.port, upgrade)
    assert got.startswith(b"HTTP/1.1 426 ")
    assert json.loads(got.partition(b"\r\n\r\n")[2])["error"]["code"] == "websocket_unsupported"
    assert (await house.call("GET", "/v1/responses")).status == 405


async def kept(house: House) -> int:
    entries: int = (await house.admin("GET", "cache")).json["exact"]["entries"]
    return entries


async def test_a_kept_answer_goes_out_again(tmp_path: Path) -> None:
    layers = {**RULES_ALONE, "cache.exact": True}
    async with House(tmp_path, command_line=layers, all_layers=True) as house, Upstream() as up:
        await house.add(up)
        up.script(Answer(text="Four."))
        body = {"model": "auto", "input": "What is two and two?", "temperature": 0}
        first = await house.call("POST", "/v1/responses", body)
        assert Response.model_validate(first.json).output_text == "Four."
        await until(lambda: kept(house))
        again = await house.call("POST", "/v1/responses", {**body, "stream": True})
        assert again.events[-1]["response"]["output"][0]["content"][0]["text"] == "Four."
        assert [event["type"] for event in again.events][-1] == "response.completed"
        assert len(up.seen) == 1
