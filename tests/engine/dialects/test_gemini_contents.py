"""Contents as Google takes them: turns that alternate, calls that are answered and signed."""

from typing import Any

import pytest

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
from butler.engine.dialects.gemini_contents import UNSIGNED, contents_of
from tests.fakes.gemini_turns import check_contents


def user(*parts: Part) -> Message:
    return Message(Role.USER, parts)


def model(*parts: Part) -> Message:
    return Message(Role.ASSISTANT, parts)


def system(text: str) -> Message:
    return Message(Role.SYSTEM, (Text(text),))


def written(*messages: Message, signed: bool = False) -> list[Any]:
    _, contents = contents_of(messages, signed=signed)
    check_contents(contents, signed=signed)
    return contents


def test_sides_alternate() -> None:
    said, contents = contents_of(
        [
            system("Be kind."),
            user(Text("a")),
            user(Text("b")),
            model(Text("c")),
            model(Thought("hm"), Text("d")),
            system("Now!"),
            user(Text("e")),
        ],
        signed=True,
    )
    assert said == ["Be kind."]
    assert contents == [
        {"role": "user", "parts": [{"text": "a"}, {"text": "b"}]},
        {"role": "model", "parts": [{"text": "c"}, {"text": "d"}]},
        {
            "role": "user",
            "parts": [{"text": "<system-reminder>\nNow!\n</system-reminder>"}, {"text": "e"}],
        },
    ]


@pytest.mark.parametrize("messages", [[], [model(Text("a"))], [user(Text(""))]])
def test_the_user_begins(messages: list[Message]) -> None:
    assert written(*messages)[0] == {"role": "user", "parts": [{"text": "."}]}


def test_calls_are_answered_first_and_signed_once() -> None:
    contents = written(
        user(Text("a")),
        model(Text("b"), ToolCall("1", "f", '{"x":1}'), ToolCall("2", "g", "broken")),
        user(
            Text("So?"),
            ToolResult("2", (Text("{}"),)),
            ToolResult("1", (Text("rain"), Image(Inline("image/jpg", "aGk=")))),
        ),
        signed=True,
    )
    assert contents[1]["parts"] == [
        {"text": "b"},
        {
            "functionCall": {"id": "1", "name": "f", "args": {"x": 1}},
            "thoughtSignature": UNSIGNED,
        },
        {"functionCall": {"id": "2", "name": "g", "args": {"arguments": "broken"}}},
    ]
    assert contents[2]["parts"] == [
        {"functionResponse": {"id": "2", "name": "g", "response": {}}},
        {"functionResponse": {"id": "1", "name": "f", "response": {"output": "rain"}}},
        {"text": "So?"},
        {"inlineData": {"mimeType": "image/jpeg", "data": "aGk="}},
    ]
    assert UNSIGNED not in str(written(user(Text("a")), model(ToolCall("1", "f", ""))))


def test_results_that_failed_and_results_of_nothing() -> None:
    contents = written(
        user(Text("a")),
        model(ToolCall("1", "f", "{}")),
        user(ToolResult("1", (Text("down"),), is_error=True)),
        user(ToolResult("9", (Text("lost"),))),
    )
    failed, lost = contents[2]["parts"]
    assert failed["functionResponse"]["response"] == {"error": "down"}
    assert "lost" in lost["text"]


def test_a_files_name_is_said_before_it() -> None:
    file = Document(Inline("application/pdf", "aGk="), "a.pdf")
    blob = {"inlineData": {"mimeType": "application/pdf", "data": "aGk="}}
    assert written(user(file))[0]["parts"] == [{"text": "a.pdf"}, blob]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            Image(Inline("image/png", "aGk=")),
            {"inlineData": {"mimeType": "image/png", "data": "aGk="}},
        ),
        (Audio("mp3", "aGk="), {"inlineData": {"mimeType": "audio/mp3", "data": "aGk="}}),
        (
            Document(Link("https://a/b.pdf?c=d")),
            {"fileData": {"mimeType": "application/pdf", "fileUri": "https://a/b.pdf?c=d"}},
        ),
        (
            Document(Link("https://a/b.pdf"), ""),
            {"fileData": {"mimeType": "application/pdf", "fileUri": "https://a/b.pdf"}},
        ),
        (
            Image(Link("https://a/b")),
            {"fileData": {"mimeType": "image/jpeg", "fileUri": "https://a/b"}},
        ),
    ],
)
def test_what_is_no_text(part: Part, expected: Any) -> None:
    assert written(user(part)) == [{"role": "user", "parts": [expected]}]
