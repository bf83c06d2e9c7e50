"""Requests of responses, side by side with the conversations that they are written from."""

import base64
from typing import Any

import orjson
import pytest

from butler.engine.dialects.canonical import (
    Audio,
    Choosing,
    Conversation,
    Document,
    Image,
    Inline,
    JsonFormat,
    Link,
    Message,
    Part,
    Role,
    Text,
    Thought,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
)
from butler.engine.dialects.responses_request import left_out, write_request
from butler.engine.errors import ClientError

HELLO = Message(Role.USER, (Text("Hi"),))
TOOL = Tool("f", {"$schema": "x", "properties": {}}, "Does it.")


def written(*messages: Message, **members: Any) -> dict[str, Any]:
    conversation = Conversation(messages or (HELLO,), **members)
    body: dict[str, Any] = orjson.loads(write_request(conversation, "alpha", thinks=False))
    return body


def user(*parts: Part) -> Message:
    return Message(Role.USER, parts)


def answer(*parts: Part) -> Message:
    return Message(Role.ASSISTANT, parts)


def said(role: str, *parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "message", "role": role, "content": list(parts)}


def words(text: str, kind: str = "input_text") -> dict[str, Any]:
    return {"type": kind, "text": text}


PNG = "data:image/png;base64,eA=="
PDF = Inline("application/pdf", "JVBERg==")
NOTE = Inline("text/plain", base64.b64encode(b"A note.").decode())
CALLED = {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"}
CASES: list[tuple[str, list[Message], list[dict[str, Any]]]] = [
    ("words", [HELLO], [said("user", words("Hi"))]),
    (
        "the system in the middle",
        [HELLO, Message(Role.SYSTEM, (Text("Be brief."),))],
        [said("user", words("Hi")), said("developer", words("Be brief."))],
    ),
    (
        "only the system",
        [Message(Role.SYSTEM, (Text("Be brief."),))],
        [said("developer", words("Be brief."))],
    ),
    (
        "pictures",
        [user(Image(Link("https://a/b.png")), Image(Inline("image/png", "eA==")))],
        [
            said(
                "user",
                {"type": "input_image", "image_url": "https://a/b.png", "detail": "auto"},
                {
                    "type": "input_image",
                    "image_url": "data:image/png;base64,eA==",
                    "detail": "auto",
                },
            )
        ],
    ),
    (
        "files",
        [user(Document(PDF, "a.pdf"), Document(Link("https://a/b.pdf")), Document(NOTE, "note"))],
        [
            said(
                "user",
                {
                    "type": "input_file",
                    "filename": "a.pdf",
                    "file_data": "data:application/pdf;base64,JVBERg==",
                },
                {"type": "input_file", "file_url": "https://a/b.pdf"},
                words("note\n\nA note."),
            )
        ],
    ),
    (
        "a round with a tool",
        [
            answer(Text("Wait."), ToolCall("c1", "f", "{}"), ToolCall("c2", "g", '{"x":1}')),
            user(
                Text("And?"),
                ToolResult("c1", (Text("a"), Text("b"))),
                ToolResult("c2", (Text("see"), Image(Link("https://a/b.png")))),
            ),
        ],
        [
            said("assistant", words("Wait.", "output_text")),
            CALLED,
            {**CALLED, "call_id": "c2", "name": "g", "arguments": '{"x":1}'},
            {"type": "function_call_output", "call_id": "c1", "output": "a\nb"},
            {
                "type": "function_call_output",
                "call_id": "c2",
                "output": [
                    words("see"),
                    {"type": "input_image", "image_url": "https://a/b.png", "detail": "auto"},
                ],
            },
            said("user", words("And?")),
        ],
    ),
    (
        "what was thought",
        [answer(Thought("Hm."), Thought(sealed="gAAA"), Thought("Lost."), Text("So."))],
        [
            {
                "type": "reasoning",
                "summary": [words("Hm.", "summary_text")],
                "encrypted_content": "gAAA",
            },
            said("assistant", words("So.", "output_text")),
        ],
    ),
]


@pytest.mark.parametrize(
    ("given", "items"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_input(given: list[Message], items: list[dict[str, Any]]) -> None:
    assert written(*given)["input"] == items


def test_nothing_is_kept_there() -> None:
    assert written() == {"model": "alpha", "input": [said("user", words("Hi"))], "store": False}
    system = Message(Role.SYSTEM, (Text("Be brief."), Text("Be kind.")))
    assert written(system, HELLO)["instructions"] == "Be brief.\n\nBe kind."


def test_tools() -> None:
    body = written(tools=(TOOL,), tool_choice=ToolChoice(Choosing.NAMED, "f"), parallel_tools=False)
    (tool,) = body["tools"]
    assert tool == {
        "type": "function",
        "name": "f",
        "description": "Does it.",
        "parameters": {"type": "object", "properties": {}},
        "strict": False,
    }
    assert body["tool_choice"] == {"type": "function", "name": "f"}
    assert body["parallel_tool_calls"] is False
    assert written(tools=(TOOL,), tool_choice=ToolChoice(Choosing.REQUIRED))["tool_choice"] == (
        "required"
    )
    assert "tool_choice" not in written(tool_choice=ToolChoice(Choosing.NONE))


def test_all_else() -> None:
    schema = {"type": "object"}
    body = written(
        stream=True,
        max_tokens=3,
        temperature=0.5,
        top_p=0.9,
        likeliest=2,
        user="u" * 65,
        cache_key="thread",
        verbosity="low",
        format=JsonFormat(schema, "n", True),
    )
    assert (body["stream"], body["max_output_tokens"]) == (True, 16)
    assert (body["temperature"], body["top_p"], body["top_logprobs"]) == (0.5, 0.9, 2)
    assert body["include"] == ["message.output_text.logprobs"]
    assert (body["prompt_cache_key"], len(body["safety_identifier"])) == ("thread", 64)
    format_ = {"type": "json_schema", "name": "n", "schema": schema, "strict": True}
    assert body["text"] == {"format": format_, "verbosity": "low"}
    assert written(format=JsonFormat())["text"] == {"format": {"type": "json_object"}}


def test_thoughts_are_asked_for_and_more_is_put_in() -> None:
    more = {"reasoning": {"effort": "low"}, "store": True}
    body = orjson.loads(write_request(Conversation((HELLO,)), "alpha", more=more))
    assert (body["include"], body["reasoning"], body["store"]) == (
        ["reasoning.encrypted_content"],
        {"effort": "low"},
        False,
    )


def test_what_can_not_be_said() -> None:
    with pytest.raises(ClientError):
        written(user(Audio("wav", "eA==")))
    thinking = Conversation((HELLO, answer(Thought("Hm."))), max_tokens=3)
    assert list(left_out(thinking)) == [
        "a limit below 16 tokens",
        "thoughts that the model has not sealed",
    ]
    sealed = answer(Thought("Hm."), Thought(sealed="gAAA"), Text("So."))
    assert list(left_out(Conversation((HELLO, sealed), max_tokens=16))) == []
