"""Claude Code's own traffic, in the shape in which it was recorded, whoever answers."""

import json
from typing import Any

import pytest

from tests.e2e.house import Got, House
from tests.e2e.test_messages import PNG
from tests.fakes import Answer, AnthropicUpstream, Fail, ToolCall, ToolCalls, Upstream, Usage

MARK = {"type": "ephemeral"}
HEADERS = {
    "User-Agent": "claude-cli/2.1.330 (external, cli)",
    "X-Claude-Code-Session-Id": "0d5f-session",
    "anthropic-version": "2026-10-21",
    "anthropic-beta": "mid-conversation-tool-changes-2026-07-01,effort-2025-11-24",
    "x-stainless-retry-count": "0",
}
READ = {
    "name": "Read",
    "description": "Read a file.",
    "input_schema": {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"file_path": {"type": "string"}},
        "required": ["file_path"],
        "additionalProperties": False,
    },
}
BODY: dict[str, Any] = {
    "model": "claude-opus-5-5",
    "max_tokens": 32_000,
    "stream": True,
    "thinking": {"type": "adaptive", "display": "omitted"},
    "output_config": {"effort": "high"},
    "context_management": {"edits": [{"type": "clear_thinking_20251015"}]},
    "safeguards": {"cwd": "/home/someone/secret-project"},
    "metadata": {"user_id": '{"device_id":"d-1","session_id":"0d5f-session"}'},
    "system": [
        {"type": "text", "text": "x-anthropic-billing-header: cc_version=2.1; cc_entrypoint=cli;"},
        {"type": "text", "text": "You are Claude Code.", "cache_control": MARK},
        {"type": "text", "text": "Use the tools.", "cache_control": MARK},
    ],
    "tools": [READ, {**READ, "name": "WebFetch", "defer_loading": True}],
    "messages": [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "<system-reminder>\nToday is Monday.\n</system-reminder>"},
                {
                    "type": "text",
                    "text": "Write a Python function that parses INI files.",
                    "cache_control": MARK,
                },
            ],
        },
        {"role": "system", "content": "# Environment\ncwd: /home/someone"},
    ],
}
TITLE = {
    "model": "claude-haiku-4-5-20251001",
    "max_tokens": 512,
    "stream": True,
    "tools": [],
    "system": BODY["system"][:2],
    "messages": [{"role": "user", "content": "Write a title for: parse INI files"}],
    "output_config": {
        "format": {
            "type": "json_schema",
            "schema": {
                "type": "object",
                "properties": {"title": {"type": "string"}},
                "additionalProperties": False,
            },
        }
    },
}


async def ask(house: House, body: Any = BODY, **more: Any) -> Got:
    return await house.call("POST", "/v1/messages?beta=true", {**body, **more}, headers=HEADERS)


def kinds(got: Got) -> list[str]:
    return [event["type"] for event in got.events]


async def test_it_works_with_the_models_that_it_names_by_itself(house: House, up: Upstream) -> None:
    await house.add(up)
    up.script(Answer(chunks=["Here", " it is."], usage=Usage(900, 4)))
    got = await ask(house)
    assert got.status == 200, got.raw
    assert kinds(got) == [
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]
    start, ending = got.events[0]["message"], got.events[-2]
    assert start["model"] == "acme/alpha"
    assert 100 < start["usage"]["input_tokens"] < 400
    assert (ending["usage"]["input_tokens"], ending["usage"]["output_tokens"]) == (900, 4)
    assert got.headers["request-id"].startswith("req_")
    row = await house.row()
    assert (row["client"], row["layer"]) == ("claude-code", "default")


async def test_another_vendor_sees_the_conversation_and_nothing_else(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    await ask(house)
    (seen,) = up.seen
    assert seen.body["messages"] == [
        {"role": "system", "content": "You are Claude Code.\n\nUse the tools."},
        {
            "role": "user",
            "content": "<system-reminder>\nToday is Monday.\n</system-reminder>\n\n"
            "Write a Python function that parses INI files.\n\n"
            "<system-reminder>\n# Environment\ncwd: /home/someone\n</system-reminder>",
        },
    ]
    assert [tool["function"]["name"] for tool in seen.body["tools"]] == ["Read", "WebFetch"]
    assert "$schema" not in seen.body["tools"][0]["function"]["parameters"]
    assert set(seen.body) == {
        *("model", "messages", "tools", "max_tokens", "stream", "stream_options"),
        "reasoning_effort",
    }
    assert seen.body["reasoning_effort"] == "high"
    assert not [name for name in seen.headers if name.lower().startswith("anthropic-")]
    for private in ("secret-project", "device_id", "billing", "clear_thinking"):
        assert private not in str(seen.body)


async def test_a_round_with_a_picture_and_a_tool_that_was_looked_for(
    house: House, up: Upstream
) -> None:
    await house.add(up, models=[{"name": "alpha", "modalities": ["text", "image"]}])
    up.script(ToolCalls((ToolCall("Read", '{"file_path": "a.png"}'),)))
    first = await ask(house)
    assert first.events[-2]["delta"]["stop_reason"] == "tool_use"
    called = next(it for it in first.events if it["type"] == "content_block_start")
    used = {**called["content_block"], "input": {"file_path": "a.png"}}
    picture = {"type": "base64", "media_type": "image/png", "data": PNG}
    content = [
        {"type": "image", "source": picture},
        {"type": "tool_reference", "tool_name": "WebFetch"},
    ]
    result = {"type": "tool_result", "tool_use_id": used["id"], "content": content}
    turns = [
        {"role": "assistant", "content": [used]},
        {"role": "user", "content": [result]},
    ]
    await ask(house, messages=[*BODY["messages"], *turns])
    sent = up.seen[-1].body["messages"][2:]
    assert [line["role"] for line in sent] == ["assistant", "tool", "user"]
    assert sent[0]["tool_calls"][0]["id"] == sent[1]["tool_call_id"] == used["id"]
    assert sent[1]["content"] == "The tool WebFetch can be called now."
    assert PNG in str(sent[2]["content"])
    _, row = await house.rows(2)
    assert row["modalities"] == ["image", "text"]


async def test_what_only_its_vendor_runs_is_left_out_and_told(house: House, up: Upstream) -> None:
    await house.add(up)
    search = {"type": "web_search_20260209", "name": "web_search"}
    assert (await ask(house, tools=[READ, search])).status == 200
    assert [tool["function"]["name"] for tool in up.seen[0].body["tools"]] == ["Read"]
    row = await house.row()
    told = (await house.admin("GET", f"requests/{row['id']}")).json
    assert told["warnings"] == [
        "left out: the tool `web_search_20260209`, which only its vendor runs"
    ]


async def test_a_rule_may_send_its_titles_to_a_cheap_model(house: House, up: Upstream) -> None:
    await house.add(up)
    when = {"all": [{"kind": "client", "clients": ["claude-code"]}]}
    when["all"].append({"kind": "requested_model", "models": ["claude-haiku-*"]})
    await house.rule("acme/beta", when=when)
    assert (await ask(house, TITLE)).headers["x-butler-target"] == "acme/beta"
    assert (await ask(house)).headers["x-butler-target"] == "acme/alpha"
    assert up.seen[0].body["response_format"]["type"] == "json_schema"


@pytest.fixture
async def claude(house: House) -> Any:
    async with AnthropicUpstream(models=("claude-opus-5-5", "claude-haiku-4-5")) as vendor:
        await house.add(vendor, kind="anthropic_compatible", base_url=vendor.root)
        yield vendor


PLAIN = {
    key: BODY[key]
    for key in ("model", "max_tokens", "stream", "thinking", "output_config", "metadata", "system")
}


async def test_its_own_vendor_gets_it_as_it_is(house: House, claude: AnthropicUpstream) -> None:
    body = {**PLAIN, "messages": BODY["messages"][:1], "tools": [READ]}
    got = await ask(house, body)
    assert got.status == 200, got.raw
    (seen,) = claude.seen
    assert seen.body == body
    assert seen.headers["anthropic-beta"] == HEADERS["anthropic-beta"]
    assert seen.headers["anthropic-version"] == HEADERS["anthropic-version"]


async def test_a_model_that_was_not_asked_for_is_not_asked_too_much(
    house: House, claude: AnthropicUpstream
) -> None:
    body = {**PLAIN, "model": "auto", "max_tokens": 128_000, "messages": BODY["messages"][:1]}
    await house.rule("acme/claude-haiku-4-5")
    got = await ask(house, body)
    assert got.status == 200, got.raw
    (seen,) = claude.seen
    assert seen.body["max_tokens"] == 64_000
    assert seen.body["thinking"]["type"] == "enabled"
    assert "effort" not in seen.body["output_config"]


async def test_signatures_do_not_go_to_another_model(
    house: House, claude: AnthropicUpstream
) -> None:
    thought = {"type": "thinking", "thinking": "hm", "signature": "c2lnbmVk"}
    claude.script(Answer("First.", reasoning="hm"), Answer("Second."))
    first = await ask(house, {**PLAIN, "messages": BODY["messages"][:1]})
    deltas = [event.get("delta", {}) for event in first.events]
    thought["signature"] = "".join(delta.get("signature", "") for delta in deltas)
    assert thought["signature"]
    history = [
        *BODY["messages"][:1],
        {"role": "assistant", "content": [thought, {"type": "text", "text": "First."}]},
        {"role": "user", "content": "And then?"},
    ]
    await ask(house, {**PLAIN, "messages": history})
    assert thought["signature"] in str(claude.seen[-1].body)
    await ask(house, {**PLAIN, "model": "claude-haiku-4-5", "thinking": {"type": "disabled"},
                      "output_config": {}, "messages": history})  # fmt: skip
    assert thought["signature"] not in str(claude.seen[-1].body)
    assert "First." in str(claude.seen[-1].body)


async def test_what_is_too_long_is_said_so_that_it_compacts(house: House, up: Upstream) -> None:
    await house.add(up)
    words = "This model's maximum context length is 8192 tokens, and you sent 9000."
    refusal = {"error": {"message": words, "type": "invalid_request_error", "param": "messages",
                         "code": "context_length_exceeded"}}  # fmt: skip
    up.script(Fail(400, json.dumps(refusal).encode()))
    got = await ask(house)
    assert (got.status, got.json["error"]["type"]) == (400, "invalid_request_error")
    told = f"prompt is too long: 9000 tokens > 8192 maximum. {words}"
    assert got.json["error"]["message"] == told
