"""Anthropic's requests, read into the hub's types: each case with what is read of it."""

import base64
from typing import Any

import pytest

from butler.engine.dialects.anthropic_conversation import read_conversation
from butler.engine.dialects.canonical import (
    Choosing,
    Document,
    Image,
    Inline,
    JsonFormat,
    Link,
    Message,
    Role,
    Text,
    Thought,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
)
from butler.engine.errors import ClientError

MARK = {"type": "ephemeral"}
BILLING = "x-anthropic-billing-header: cc_version=2.1; cc_entrypoint=cli;"
SCHEMA = {"type": "object", "properties": {"title": {"type": "string"}}}


def parts(*blocks: Any) -> Any:
    body = {"messages": [{"role": "user", "content": list(blocks)}]}
    return read_conversation(body).messages[0].parts


def plain(text: str) -> Inline:
    return Inline("text/plain", base64.b64encode(text.encode()).decode())


BLOCKS: dict[str, tuple[Any, Any]] = {
    "text": (
        {"type": "text", "text": "hi", "cache_control": MARK},
        (Text("hi", MARK),),
    ),
    "image": (
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "eA=="}},
        (Image(Inline("image/png", "eA==")),),
    ),
    "image by address": (
        {"type": "image", "source": {"type": "url", "url": "https://x.example/a.png"}},
        (Image(Link("https://x.example/a.png")),),
    ),
    "pdf": (
        {
            "type": "document",
            "title": "Lease",
            "source": {"type": "base64", "media_type": "application/pdf", "data": "eA=="},
        },
        (Document(Inline("application/pdf", "eA=="), "Lease"),),
    ),
    "document of text": (
        {
            "type": "document",
            "source": {"type": "text", "media_type": "text/plain", "data": "so"},
        },
        (Document(plain("so")),),
    ),
    "document of blocks": (
        {
            "type": "document",
            "source": {
                "type": "content",
                "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}],
            },
        },
        (Document(plain("a\n\nb")),),
    ),
    "search result": (
        {
            "type": "search_result",
            "title": "T",
            "source": "https://x.example",
            "content": [{"type": "text", "text": "found"}],
        },
        (Text("T\nhttps://x.example\nfound"),),
    ),
    "thought": (
        {"type": "thinking", "thinking": "hm", "signature": "sig"},
        (Thought("hm", "sig"),),
    ),
    "sealed thought": (
        {"type": "redacted_thinking", "data": "c2VhbGVk"},
        (Thought(sealed="c2VhbGVk"),),
    ),
    "call": (
        {"type": "tool_use", "id": "toolu_1", "name": "f", "input": {"a": 1}},
        (ToolCall("toolu_1", "f", '{"a":1}'),),
    ),
    "result in a word": (
        {"type": "tool_result", "tool_use_id": "toolu_1", "content": "no", "is_error": True},
        (ToolResult("toolu_1", (Text("no"),), True),),
    ),
    "result with a picture and a tool": (
        {
            "type": "tool_result",
            "tool_use_id": "toolu_1",
            "content": [
                {"type": "image", "source": {"type": "url", "url": "https://x.example/a"}},
                {"type": "tool_reference", "tool_name": "Fetch"},
            ],
        },
        (
            ToolResult(
                "toolu_1",
                (Image(Link("https://x.example/a")), Text("The tool Fetch can be called now.")),
            ),
        ),
    ),
    "result of nothing": (
        {"type": "tool_result", "tool_use_id": "toolu_1"},
        (ToolResult("toolu_1", ()),),
    ),
    "what the vendor's own tool did": (
        {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"query": "x"}},
        (),
    ),
    "what the vendor's own tool found": (
        {"type": "web_search_tool_result", "tool_use_id": "s", "content": []},
        (),
    ),
}


@pytest.mark.parametrize(("block", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(block: Any, expected: Any) -> None:
    assert parts(block) == expected


def test_the_system_speaks_first_and_in_the_middle_but_not_of_its_bill() -> None:
    body = {
        "system": [
            {"type": "text", "text": BILLING},
            {"type": "text", "text": "Be brief.", "cache_control": MARK},
        ],
        "messages": [
            {"role": "user", "content": "hi"},
            {"role": "system", "content": "# Environment"},
            {"role": "assistant", "content": "Hello"},
        ],
    }
    assert read_conversation(body).messages == (
        Message(Role.SYSTEM, (Text("Be brief.", MARK),)),
        Message(Role.USER, (Text("hi"),)),
        Message(Role.SYSTEM, (Text("# Environment"),)),
        Message(Role.ASSISTANT, (Text("Hello"),)),
    )


def test_settings() -> None:
    body = {
        "messages": [],
        "stream": True,
        "max_tokens": 5,
        "temperature": 0.5,
        "top_p": 0.9,
        "top_k": 7,
        "stop_sequences": ["END", 3],
        "metadata": {"user_id": "not for others"},
        "context_management": {"edits": []},
        "safeguards": {"cwd": "/home/me"},
        "output_config": {
            "effort": "high",
            "format": {"type": "json_schema", "schema": SCHEMA},
        },
    }
    got = read_conversation(body)
    assert (got.stream, got.max_tokens, got.temperature) == (True, 5, 0.5)
    assert (got.top_p, got.top_k, got.stop) == (0.9, 7, ("END",))
    assert got.format == JsonFormat(SCHEMA, "answer", True)
    assert got.user is None
    assert got.left_out == ("`output_config.effort`",)
    assert read_conversation({**body, "thinking": {"type": "adaptive"}}).left_out == ()


def test_what_only_the_vendor_could_do_is_told() -> None:
    pdf = {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0="}
    asked = {"type": "document", "source": pdf, "citations": {"enabled": True}, "context": "Old."}
    found = {"type": "web_search_tool_result", "tool_use_id": "s", "content": []}
    body = {
        "messages": [
            {"role": "user", "content": [asked, asked]},
            {"role": "assistant", "content": [found, {"type": "text", "text": "Seen."}]},
        ],
        "container": "c-1",
        "service_tier": "auto",
        "min_p": 0.5,
    }
    assert read_conversation(body).left_out == (
        "`container`",
        "`min_p`",
        "citations of documents",
        "the context of a document",
        "a block of the kind `web_search_tool_result`, which only its vendor knows",
    )


def test_tools_are_read_and_hosted_ones_left_out() -> None:
    body = {
        "tools": [
            {"name": "f", "description": "d", "input_schema": SCHEMA, "cache_control": MARK},
            {"name": "late", "input_schema": {}, "defer_loading": True, "type": "custom"},
            {"name": "web_search", "type": "web_search_20260209", "max_uses": 3},
            {"type": "tool_search_tool_regex_20251119", "name": "tool_search_tool_regex"},
        ]
    }
    got = read_conversation(body)
    assert got.left_out == (
        "the tool `web_search_20260209`, which only its vendor runs",
        "the tool `tool_search_tool_regex_20251119`, which only its vendor runs",
    )
    assert got.tools == (
        Tool("f", SCHEMA, "d", None, MARK),
        Tool("late", {}),
    )


F = {"name": "f", "input_schema": {}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "auto"}, ToolChoice(Choosing.AUTO)),
        ({"type": "any"}, ToolChoice(Choosing.REQUIRED)),
        ({"type": "none"}, ToolChoice(Choosing.NONE)),
        ({"type": "tool", "name": "f"}, ToolChoice(Choosing.NAMED, "f")),
        ({"type": "tool", "name": "web_search"}, None),
        ({"type": "something new"}, None),
        (None, None),
    ],
    ids=str,
)
def test_choices(given: Any, expected: Any) -> None:
    assert read_conversation({"tools": [F], "tool_choice": given}).tool_choice == expected


@pytest.mark.parametrize(("serial", "parallel"), [(True, False), (False, True), (None, None)])
def test_calls_one_at_a_time(serial: Any, parallel: Any) -> None:
    choice = {"type": "auto", "disable_parallel_tool_use": serial}
    assert read_conversation({"tools": [F], "tool_choice": choice}).parallel_tools is parallel


@pytest.mark.parametrize(
    ("message", "where"),
    [
        ({"role": "robot", "content": "x"}, "messages[0].role"),
        ("hello", "messages[0].role"),
        ({"role": "user", "content": ["x"]}, "messages[0].content[0]"),
        (
            {"role": "user", "content": [{"type": "image", "source": {"type": "file"}}]},
            "messages[0].content[0].source",
        ),
    ],
    ids=str,
)
def test_what_can_not_be_read_is_named(message: Any, where: str) -> None:
    with pytest.raises(ClientError) as refused:
        read_conversation({"messages": [message]})
    assert (refused.value.status, refused.value.param) == (400, where)
