"""OpenAI's requests, read into the hub's types, with what clients are forgiven."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.dialects.canonical import (
    Audio,
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
    ToolCall,
    ToolChoice,
    ToolResult,
)
from butler.engine.dialects.openai_conversation import read_conversation
from butler.engine.errors import ClientError


def messages(*given: Any) -> tuple[Message, ...]:
    return read_conversation({"messages": list(given)}).messages


def parts(*given: Any) -> Any:
    return messages({"role": "user", "content": list(given)})[0].parts


def test_roles() -> None:
    got = messages(
        {"role": "system", "content": "a"},
        {"role": "developer", "content": ["b"]},
        {"role": "user", "content": "c", "name": "me"},
        {"role": "assistant", "content": None},
        {"role": "tool", "tool_call_id": "t", "content": "d"},
        {"role": "function", "name": "f", "content": "e"},
    )
    assert got == (
        Message(Role.SYSTEM, (Text("a"),)),
        Message(Role.SYSTEM, (Text("b"),)),
        Message(Role.USER, (Text("c"),)),
        Message(Role.ASSISTANT, ()),
        Message(Role.USER, (ToolResult("t", (Text("d"),)),)),
        Message(Role.USER, (ToolResult("f", (Text("e"),)),)),
    )


def test_what_an_assistant_said() -> None:
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": '{"a":1}'}}
    (got,) = messages(
        {
            "role": "assistant",
            "reasoning_content": "hm",
            "content": [{"type": "refusal", "refusal": "no"}],
            "tool_calls": [call, {**call, "function": {"name": "g", "arguments": {"b": 2}}}],
            "function_call": {"name": "old", "arguments": "{}"},
        }
    )
    assert got.parts == (
        Thought("hm"),
        Text("no"),
        ToolCall("c", "f", '{"a":1}'),
        ToolCall("c", "g", '{"b":2}'),
        ToolCall("old", "old", "{}"),
    )


def test_parts() -> None:
    mark = {"type": "ephemeral"}
    assert parts(
        {"type": "text", "text": "a", "cache_control": mark},
        {"type": "image_url", "image_url": {"url": "data:IMAGE/PNG;x=y;base64,QQ=="}},
        {"type": "image_url", "image_url": "https://a.example"},
        {"type": "file", "file": {"filename": "f.pdf", "file_data": "data:;base64,QQ=="}},
        {"type": "file", "file": {"file_data": "QUJD"}},
        {"type": "file", "file": {"file_data": "https://a.example/f.pdf"}},
        {"type": "input_audio", "input_audio": {"data": "QQ==", "format": "mp3"}},
    ) == (
        Text("a", mark),
        Image(Inline("image/png", "QQ==")),
        Image(Link("https://a.example")),
        Document(Inline("text/plain", "QQ=="), "f.pdf"),
        Document(Inline("application/pdf", "QUJD")),
        Document(Link("https://a.example/f.pdf")),
        Audio("mp3", "QQ=="),
    )


@pytest.mark.parametrize(
    ("part", "where"),
    [
        ({"type": "video_url"}, "messages[0].content[0].type"),
        ({"type": "image_url", "image_url": {}}, "messages[0].content[0].image_url"),
        ({"type": "file", "file": {"file_id": "f-1"}}, "messages[0].content[0].file"),
        ({"type": "input_audio"}, "messages[0].content[0].input_audio"),
        (7, "messages[0].content[0]"),
    ],
)
def test_what_can_not_be_read_is_named(part: Any, where: str) -> None:
    with pytest.raises(ClientError) as caught:
        parts(part)
    assert (caught.value.status, caught.value.param) == (400, where)
    assert where in caught.value.message


def test_one_answer_is_all_that_can_be_asked_for() -> None:
    assert read_conversation({"n": 1}) == read_conversation({"n": None}) == read_conversation({})
    with pytest.raises(ClientError) as caught:
        read_conversation({"n": 2})
    assert (caught.value.status, caught.value.param) == (400, "n")


@pytest.mark.parametrize("message", [{"role": "robot"}, {}, "hi"])
def test_messages_that_are_none(message: Any) -> None:
    with pytest.raises(ClientError):
        messages(message)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"tool_choice": "auto"}, ToolChoice(Choosing.AUTO)),
        ({"tool_choice": "any"}, ToolChoice(Choosing.REQUIRED)),
        ({"tool_choice": {"function": {"name": "f"}}}, ToolChoice(Choosing.NAMED, "f")),
        ({"function_call": {"name": "f"}}, ToolChoice(Choosing.NAMED, "f")),
        ({"tool_choice": None}, None),
        ({"tool_choice": {"type": "allowed_tools"}}, None),
    ],
)
def test_choices(body: Any, expected: ToolChoice | None) -> None:
    assert read_conversation(body).tool_choice == expected


def test_tools() -> None:
    function = {"name": "f", "description": "d", "parameters": {"type": "object"}, "strict": True}
    found = read_conversation(
        {"tools": [{"type": "function", "function": function}], "functions": [{"name": "g"}]}
    ).tools
    assert [(tool.name, tool.description, tool.strict) for tool in found] == [
        ("f", "d", True),
        ("g", None, None),
    ]


def test_what_else_is_asked() -> None:
    got = read_conversation(
        {
            "seed": 7,
            "presence_penalty": 0.5,
            "frequency_penalty": -1,
            "logprobs": True,
            "top_logprobs": 3,
            "verbosity": "low",
            "prompt_cache_key": "thread",
            "safety_identifier": "me",
            "reasoning_effort": "high",
            "store": True,
        }
    )
    assert (got.seed, got.presence_penalty, got.frequency_penalty) == (7, 0.5, -1)
    assert (got.likeliest, got.verbosity, got.cache_key, got.user) == (3, "low", "thread", "me")
    assert got.left_out == ()
    assert read_conversation({"logprobs": True}).likeliest == 0
    assert read_conversation({"logprobs": False, "top_logprobs": 3}).likeliest is None


def test_what_only_the_vendor_could_do_is_told() -> None:
    theirs = {"type": "web_search"}
    got = read_conversation(
        {
            "messages": [
                {"role": "user", "content": "Hi", "name": "Ann"},
                {"role": "assistant", "audio": {"id": "a-1"}},
                {"role": "assistant", "content": None, "refusal": "No."},
                {"role": "tool", "content": "Hi", "name": "f"},
            ],
            "tools": [theirs],
            "modalities": ["text", "audio"],
            "service_tier": "flex",
            "logit_bias": {},
        }
    )
    assert (got.tools, got.tool_choice) == ((), None)
    assert got.messages[2] == Message(Role.ASSISTANT, (Text("No."),))
    assert got.left_out == (
        "the tool `web_search`, which only its vendor runs",
        "`modalities`",
        "`service_tier`",
        "the names of those who speak",
        "what the model has said aloud, which its vendor keeps",
    )


def test_formats() -> None:
    schema = {"type": "json_schema", "json_schema": {"name": "n", "schema": {}, "strict": True}}
    assert read_conversation({"response_format": schema}).format == JsonFormat({}, "n", True)
    assert read_conversation({"response_format": {"type": "json_object"}}).format == JsonFormat()
    assert read_conversation({"response_format": {"type": "text"}}).format is None
    with pytest.raises(ClientError):
        read_conversation({"response_format": {"type": "json_schema"}})


ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99_999) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["role", "content", "type", "text", "function", "name", "tool_calls"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=10,
)


MEMBERS = "messages tools tool_choice stop response_format user".split()


@given(st.dictionaries(st.sampled_from(MEMBERS), ODD))
def test_anything_is_read_or_refused_in_words(body: Any) -> None:
    try:
        read_conversation(body)
    except ClientError as error:
        assert error.message
