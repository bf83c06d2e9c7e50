"""Requests written for OpenAI's dialect: each conversation with the body that it becomes."""

import base64
import json
from typing import Any

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
    Role,
    Text,
    Thought,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
)
from butler.engine.dialects.openai_request import write_request

PNG = Image(Inline("image/png", "eA=="))
PNG_URL = {"type": "image_url", "image_url": {"url": "data:image/png;base64,eA=="}}
PLAIN = Inline("text/plain", base64.b64encode(b"words").decode())


def body(*messages: Message, **more: Any) -> Any:
    return json.loads(write_request(Conversation(messages, **more), "m", ask_usage=True))


def user(*parts: Any) -> Message:
    return Message(Role.USER, parts)


def system(text: str) -> Message:
    return Message(Role.SYSTEM, (Text(text),))


def assistant(*parts: Any) -> Message:
    return Message(Role.ASSISTANT, parts)


MESSAGES: dict[str, tuple[list[Message], list[Any]]] = {
    "words": (
        [system("Be brief."), user(Text("a"), Text("b")), assistant(Text("c"))],
        [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "a\n\nb"},
            {"role": "assistant", "content": "c"},
        ],
    ),
    "system in the middle": (
        [user(Text("hi")), system("# Environment"), assistant(Text("Hello"))],
        [
            {
                "role": "user",
                "content": "hi\n\n<system-reminder>\n# Environment\n</system-reminder>",
            },
            {"role": "assistant", "content": "Hello"},
        ],
    ),
    "system after a picture": (
        [user(PNG), system("x")],
        [
            {
                "role": "user",
                "content": [
                    PNG_URL,
                    {"type": "text", "text": "<system-reminder>\nx\n</system-reminder>"},
                ],
            }
        ],
    ),
    "pictures": (
        [user(Text("see"), PNG, Image(Link("https://x.example/a")))],
        [
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "see"},
                    PNG_URL,
                    {"type": "image_url", "image_url": {"url": "https://x.example/a"}},
                ],
            }
        ],
    ),
    "files": (
        [user(Document(Inline("application/pdf", "eA=="), "a.pdf"), Audio("wav", "eA=="))],
        [
            {
                "role": "user",
                "content": [
                    {
                        "type": "file",
                        "file": {
                            "filename": "a.pdf",
                            "file_data": "data:application/pdf;base64,eA==",
                        },
                    },
                    {"type": "input_audio", "input_audio": {"format": "wav", "data": "eA=="}},
                ],
            }
        ],
    ),
    "a file of words": (
        [user(Document(PLAIN, "notes"))],
        [{"role": "user", "content": "notes\n\nwords"}],
    ),
    "a round with tools": (
        [
            assistant(Thought("hm", "sig"), Text("so"), ToolCall("c1", "f", '{"a":1}')),
            user(ToolResult("c1", (Text("rain"), PNG)), Text("well?")),
        ],
        [
            {
                "role": "assistant",
                "content": "so",
                "tool_calls": [
                    {
                        "id": "c1",
                        "type": "function",
                        "function": {"name": "f", "arguments": '{"a":1}'},
                    }
                ],
            },
            {"role": "tool", "tool_call_id": "c1", "content": "rain"},
            {"role": "user", "content": [PNG_URL, {"type": "text", "text": "well?"}]},
        ],
    ),
    "a result that is a picture": (
        [user(ToolResult("c1", (PNG,)))],
        [
            {
                "role": "tool",
                "tool_call_id": "c1",
                "content": "The result is in the next message.",
            },
            {"role": "user", "content": [PNG_URL]},
        ],
    ),
    "thoughts alone": (
        [assistant(Thought("hm", "sig")), user(Text("a"))],
        [{"role": "user", "content": "a"}],
    ),
}


@pytest.mark.parametrize(("messages", "expected"), MESSAGES.values(), ids=MESSAGES)
def test_messages(messages: list[Message], expected: list[Any]) -> None:
    assert body(*messages)["messages"] == expected


def test_tools() -> None:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {}}
    got = body(
        user(Text("a")),
        tools=(Tool("f", schema, "d", True),),
        tool_choice=ToolChoice(Choosing.NAMED, "f"),
        parallel_tools=False,
    )
    assert got["tools"] == [
        {
            "type": "function",
            "function": {
                "name": "f",
                "parameters": {"type": "object", "properties": {}},
                "description": "d",
                "strict": True,
            },
        }
    ]
    assert got["tool_choice"] == {"type": "function", "function": {"name": "f"}}
    assert got["parallel_tool_calls"] is False


@pytest.mark.parametrize(
    ("choosing", "expected"),
    [(Choosing.AUTO, "auto"), (Choosing.NONE, "none"), (Choosing.REQUIRED, "required")],
)
def test_choices(choosing: Choosing, expected: str) -> None:
    got = body(user(Text("a")), tools=(Tool("f", {}),), tool_choice=ToolChoice(choosing))
    assert got["tool_choice"] == expected


def test_a_choice_without_tools_is_none() -> None:
    assert "tool_choice" not in body(user(Text("a")), tool_choice=ToolChoice(Choosing.AUTO))


def test_settings() -> None:
    got = body(
        user(Text("a")),
        stream=True,
        max_tokens=5,
        temperature=0.5,
        top_p=0.9,
        top_k=3,
        stop=("a", "b", "c", "d", "e"),
        format=JsonFormat({"type": "object"}, "answer", True),
    )
    del got["messages"]
    assert got == {
        "model": "m",
        "max_tokens": 5,
        "temperature": 0.5,
        "top_p": 0.9,
        "stop": ["a", "b", "c", "d"],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "schema": {"type": "object"}, "strict": True},
        },
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    assert body(user(Text("a")), format=JsonFormat())["response_format"] == {"type": "json_object"}


def test_who_has_thought_aloud_gets_that_back() -> None:
    own, foreign = Thought("Hm.", signer="acme/alpha"), Thought("Ha.")
    (said,) = body(assistant(own, foreign, ToolCall("c", "f", "{}")))["messages"]
    assert (said["reasoning_content"], said["content"]) == ("Hm.", None)
    assert "reasoning_content" not in body(assistant(foreign, Text("Hi")))["messages"][0]
