"""Turns: sides alternate, results come first, ids find their calls again."""

import base64
from typing import Any

import pytest

from butler.engine.dialects.anthropic_turns import turns_of
from butler.engine.dialects.canonical import (
    Audio,
    Document,
    Image,
    Inline,
    Link,
    Message,
    Part,
    Role,
    Text,
    Thought,
    ToolCall,
    ToolResult,
)
from butler.engine.errors import ClientError


def turns(*messages: tuple[Role, tuple[Part, ...]]) -> list[dict[str, Any]]:
    return [turn.as_json() for turn in turns_of([Message(*message) for message in messages])]


def user(*parts: Part) -> tuple[Role, tuple[Part, ...]]:
    return Role.USER, parts


def assistant(*parts: Part) -> tuple[Role, tuple[Part, ...]]:
    return Role.ASSISTANT, parts


def blocks_of(*parts: Part) -> Any:
    return turns(user(Text("x"), *parts))[0]["content"][1:]


def test_what_stands_together_becomes_one_turn() -> None:
    got = turns(user(Text("a")), user(Text("b")), assistant(Text("c")), user(Text("d")))
    assert [(turn["role"], turn["content"]) for turn in got] == [
        ("user", [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]),
        ("assistant", "c"),
        ("user", "d"),
    ]


def test_a_user_begins() -> None:
    for messages in ([], [assistant(Text("a"))], [user(Text(" "))]):
        first = turns(*messages)[0]
        assert first["role"] == "user"
        assert str(first["content"]).strip()


def test_the_beginning_of_an_answer_does_not_end_in_space() -> None:
    assert turns(user(Text("a")), assistant(Text("so \n")))[-1]["content"] == "so"


def test_results_come_first_and_find_their_calls() -> None:
    got = turns(
        user(Text("a")),
        assistant(Text("b"), ToolCall("x:1", "f", '{"y":1}'), ToolCall("x:2", "f", "")),
        user(ToolResult("x:2", (Text("two"),))),
        user(Text("and?"), ToolResult("x:1", (Text("one"), Text("more")), is_error=True)),
    )
    assert got[1]["content"][1:] == [
        {"type": "tool_use", "id": "x_1", "name": "f", "input": {"y": 1}},
        {"type": "tool_use", "id": "x_2", "name": "f", "input": {}},
    ]
    assert got[2]["content"] == [
        {"type": "tool_result", "tool_use_id": "x_2", "content": "two"},
        {
            "type": "tool_result",
            "tool_use_id": "x_1",
            "content": [{"type": "text", "text": "one"}, {"type": "text", "text": "more"}],
            "is_error": True,
        },
        {"type": "text", "text": "and?"},
    ]


def test_an_id_that_is_used_again_is_another() -> None:
    call = ToolCall("call_0", "f", "{}")
    again = (assistant(call), user(ToolResult("call_0", ())))
    got = turns(user(Text("a")), *again, *again)
    ids = [turn["content"][0].get("id", turn["content"][0].get("tool_use_id")) for turn in got[1:]]
    assert ids == ["call_0", "call_0", "call_0_2", "call_0_2"]
    nameless = turns(user(Text("a")), assistant(ToolCall("", "f", "{}")), user(ToolResult("", ())))
    assert nameless[1]["content"][0]["id"] == nameless[2]["content"][0]["tool_use_id"] == "call"


def test_arguments_are_always_an_object() -> None:
    for arguments, expected in (("[1]", {"arguments": [1]}), ("{oops", {"arguments": "{oops"})):
        got = turns(user(Text("a")), assistant(ToolCall("c", "f", arguments)))
        assert got[1]["content"][0]["input"] == expected


def test_only_thoughts_that_are_signed_go_back() -> None:
    got = turns(
        user(Text("a")),
        assistant(Thought("lost"), Thought("kept", "sig"), Thought(sealed="xx"), Text("b")),
    )
    assert got[1]["content"] == [
        {"type": "thinking", "thinking": "kept", "signature": "sig"},
        {"type": "redacted_thinking", "data": "xx"},
        {"type": "text", "text": "b"},
    ]


def test_pictures_and_files() -> None:
    pdf = Document(Inline("application/pdf", "QQ=="), "a.pdf")
    words = Document(Inline("text/markdown", base64.b64encode("grün".encode()).decode()))
    got = blocks_of(
        Image(Inline("image/jpg", "QQ==")),
        Image(Link("https://a.example")),
        pdf,
        words,
        Document(Link("https://a.example/b.pdf")),
    )
    assert [block["source"] for block in got] == [
        {"type": "base64", "media_type": "image/jpeg", "data": "QQ=="},
        {"type": "url", "url": "https://a.example"},
        {"type": "base64", "media_type": "application/pdf", "data": "QQ=="},
        {"type": "text", "media_type": "text/plain", "data": "grün"},
        {"type": "url", "url": "https://a.example/b.pdf"},
    ]
    assert got[2]["title"] == "a.pdf"


@pytest.mark.parametrize(
    "part",
    [Audio("wav", "QQ=="), Document(Inline("text/plain", base64.b64encode(b"\xff").decode()))],
)
def test_what_can_not_be_said(part: Part) -> None:
    with pytest.raises(ClientError) as caught:
        blocks_of(part)
    assert caught.value.status == 400
