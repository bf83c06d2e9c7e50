"""Parts of Google's contents: each becomes what it is, calls and results find each other."""

from typing import Any

import pytest

from butler.engine.dialects.canonical import (
    Audio,
    Document,
    Image,
    Inline,
    Link,
    Part,
    Text,
    Thought,
    ToolCall,
    ToolResult,
)
from butler.engine.dialects.gemini_parts import Reading, read_messages
from butler.engine.errors import ClientError


def read(*parts: Any) -> list[Part]:
    return list(Reading().parts(list(parts), "contents[0]"))


def blob(kind: str, data: str = "aGk=") -> dict[str, Any]:
    return {"inlineData": {"mimeType": kind, "data": data}}


def file(kind: str, url: str) -> dict[str, Any]:
    return {"file_data": {"mime_type": kind, "file_uri": url}}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"text": "a"}, Text("a")),
        ("a", Text("a")),
        ({"text": "hm", "thought": True, "thoughtSignature": "s"}, Thought("hm")),
        (blob("image/PNG", "a-_="), Image(Inline("image/png", "a+/="))),
        (blob("audio/mpeg"), Audio("mp3", "aGk=")),
        (blob("text/csv; charset=utf-8"), Document(Inline("text/csv", "aGk="))),
        (file("image/png", "https://a/b.png"), Image(Link("https://a/b.png"))),
        (file("application/pdf", "https://a/b"), Document(Link("https://a/b"))),
    ],
)
def test_each_part_is_what_it_is(part: Any, expected: Part) -> None:
    assert read(part) == [expected]


@pytest.mark.parametrize(
    "part",
    [
        blob("video/mp4"),
        {"inlineData": {"mimeType": "image/png"}},
        file("image/png", "gs://bucket/a.png"),
        file("image/png", "https://generativelanguage.googleapis.com/v1beta/files/a"),
        file("video/mp4", "https://www.youtube.com/watch?v=a"),
        3,
    ],
)
def test_what_no_other_vendor_could_be_given(part: Any) -> None:
    with pytest.raises(ClientError) as refused:
        read(part)
    assert refused.value.param is not None
    assert refused.value.param.startswith("contents[0].parts[0]")


def test_results_find_their_calls_by_id_by_name_and_by_order() -> None:
    def called(name: str, **more: Any) -> dict[str, Any]:
        return {"functionCall": {"name": name, "args": {"a": 1}, **more}}

    def gave(name: str, **more: Any) -> dict[str, Any]:
        return {"function_response": {"name": name, "response": {"output": "r"}, **more}}

    parts = read(
        *(
            called("f"),
            called("f"),
            called("g", id="g1"),
            called("h", id="h1"),
            called("h", id="h2"),
        ),
        *(gave("f"), gave("g"), gave("h", id="h2"), gave("h"), gave("f"), gave("i")),
    )
    calls = [part.id for part in parts if isinstance(part, ToolCall)]
    assert calls == ["call_1", "call_2", "g1", "h1", "h2"]
    results = [part.call_id for part in parts if isinstance(part, ToolResult)]
    assert results == ["call_1", "g1", "h2", "h1", "call_2", "i"]


@pytest.mark.parametrize(
    ("response", "text", "is_error"),
    [
        ({"output": "sunny"}, "sunny", False),
        ({"result": "sunny"}, "sunny", False),
        ({"error": "down"}, "down", True),
        ({"output": {"a": 1}}, '{"output":{"a":1}}', False),
        ({"a": 1, "b": 2}, '{"a":1,"b":2}', False),
    ],
)
def test_what_a_function_gave_back(response: Any, text: str, is_error: bool) -> None:
    (result,) = read({"functionResponse": {"name": "f", "response": response}})
    assert isinstance(result, ToolResult)
    assert (result.parts, result.is_error) == ((Text(text),), is_error)


def test_pictures_in_results() -> None:
    response = {"name": "f", "response": {"output": "see"}, "parts": [blob("image/png")]}
    (result,) = read({"functionResponse": response})
    assert isinstance(result, ToolResult)
    assert result.parts == (Text("see"), Image(Inline("image/png", "aGk=")))


def test_what_the_vendor_has_run_is_left_out_and_told() -> None:
    reading = Reading()
    parts = [{"executableCode": {"code": "1"}}, {"code_execution_result": {}}, {"text": ""}]
    assert list(reading.parts(parts, "")) == []
    assert len(reading.left_out) == 2


def test_names_become_such_as_every_vendor_takes() -> None:
    (call,) = read({"functionCall": {"name": "a.b:c"}})
    assert call == ToolCall("call_1", "a_b_c", "{}")


def test_rules_see_messages() -> None:
    contents = [
        {"role": "user", "parts": [{"text": "Hi"}, blob("image/png")]},
        {
            "role": "model",
            "parts": [{"text": "hm", "thought": True}, {"functionCall": {"name": "f"}}],
        },
        {
            "parts": [
                {"functionResponse": {"name": "f", "response": {"output": "r"}}},
                {"text": "So?"},
            ]
        },
        "Bye",
    ]
    assert read_messages({"instructions": "Be kind.", "contents": contents}) == [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": [{"type": "text", "text": "Hi"}, {"type": "image_url"}]},
        {
            "role": "assistant",
            "content": [{"type": "thinking", "thinking": "hm"}],
            "tool_calls": [{"name": "f"}],
        },
        {"role": "tool", "content": '{"output":"r"}'},
        {"role": "user", "content": "So?"},
        {"role": "user", "content": "Bye"},
    ]
