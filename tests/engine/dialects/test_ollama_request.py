"""Requests in Ollama's own API: what is said, what is said in part, what can not be said."""

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
    Part,
    Role,
    Text,
    Thought,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
)
from butler.engine.dialects.ollama_request import Wanted, left_out, write_request
from butler.engine.errors import ClientError
from tests.fakes.ollama_checks import Model, read_ask

PNG = base64.b64encode(b"\x89PNG").decode()
PICTURE = Image(Inline("image/png", PNG))
WEATHER = Tool("weather", {"$schema": "x", "properties": {"city": {"type": "string"}}}, "Tell.")
CLOCK = Tool("clock", {})
PLAIN = Wanted("alpha")


def user(*parts: Part) -> Message:
    return Message(Role.USER, parts)


def body_of(*messages: Message, wanted: Wanted = PLAIN, **fields: Any) -> dict[str, Any]:
    """A body, which the vendor takes."""
    raw = write_request(Conversation(messages, **fields), wanted)
    read_ask(raw, {"alpha": Model()}, 4096, old=False)
    body: dict[str, Any] = json.loads(raw)
    return body


def test_the_least_that_can_be_asked() -> None:
    assert body_of(user(Text("Hi"))) == {
        "model": "alpha",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": False,
    }


def test_a_stream_is_asked_for() -> None:
    assert body_of(user(Text("Hi")), stream=True)["stream"] is True


def test_options_have_names_of_their_own() -> None:
    body = body_of(
        user(Text("Hi")),
        max_tokens=9,
        temperature=0.5,
        top_p=0.9,
        top_k=40,
        stop=("a", "b"),
        seed=7,
        presence_penalty=0.1,
        frequency_penalty=0.2,
        wanted=Wanted("alpha", {"num_ctx": 8192}, {"think": False, "keep_alive": "5m"}),
    )
    assert body["options"] == {
        "num_predict": 9,
        "temperature": 0.5,
        "top_p": 0.9,
        "top_k": 40,
        "stop": ["a", "b"],
        "seed": 7,
        "presence_penalty": 0.1,
        "frequency_penalty": 0.2,
        "num_ctx": 8192,
    }
    assert (body["think"], body["keep_alive"]) == (False, "5m")


def test_a_round_of_tools() -> None:
    body = body_of(
        Message(Role.SYSTEM, (Text("Be brief."),)),
        user(Text("Weather?")),
        Message(
            Role.ASSISTANT,
            (Thought("hm"), Text("Let me see."), ToolCall("call_1", "weather", '{"city":"Bern"}')),
        ),
        user(ToolResult("call_1", (Text("sunny"),)), Text("And?")),
        tools=(WEATHER,),
    )
    function = {"name": "weather", "arguments": {"city": "Bern"}}
    assert body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Weather?"},
        {
            "role": "assistant",
            "content": "Let me see.",
            "thinking": "hm",
            "tool_calls": [{"id": "call_1", "function": function}],
        },
        {
            "role": "tool",
            "content": "sunny",
            "tool_name": "weather",
            "tool_call_id": "call_1",
        },
        {"role": "user", "content": "And?"},
    ]
    assert body["tools"] == [
        {
            "type": "function",
            "function": {
                "name": "weather",
                "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
                "description": "Tell.",
            },
        }
    ]


def test_thoughts_are_told_by_their_words_and_none_without_an_answer() -> None:
    thoughts = (Thought("hm, ", signature="x"), Thought(sealed="y"), Thought("hm"))
    body = body_of(Message(Role.ASSISTANT, (*thoughts, Text("Yes."))), Message(Role.USER, thoughts))
    assert body["messages"] == [{"role": "assistant", "content": "Yes.", "thinking": "hm, hm"}]


def test_how_likely_tokens_are_can_be_asked() -> None:
    body = body_of(user(Text("Hi")), likeliest=2)
    assert (body["logprobs"], body["top_logprobs"]) == (True, 2)


@pytest.mark.parametrize(
    ("arguments", "given"),
    [("", {}), ("[1]", {"arguments": [1]}), ('{"cut', {"arguments": '{"cut'})],
)
def test_arguments_are_always_an_object(arguments: str, given: Any) -> None:
    body = body_of(Message(Role.ASSISTANT, (ToolCall("c", "weather", arguments),)))
    assert body["messages"][0]["tool_calls"][0]["function"]["arguments"] == given


def test_pictures_stand_beside_the_words() -> None:
    body = body_of(user(Text("What"), PICTURE, Text("is it?")))
    assert body["messages"] == [{"role": "user", "content": "What\n\nis it?", "images": [PNG]}]


def test_a_picture_in_a_result_is_shown_after_it() -> None:
    body = body_of(user(ToolResult("call_9", (PICTURE,), is_error=True)))
    assert body["messages"] == [
        {
            "role": "tool",
            "content": "Error: The result is in the next message.",
            "tool_call_id": "call_9",
        },
        {"role": "user", "content": "", "images": [PNG]},
    ]


def test_a_file_of_plain_text_is_its_words() -> None:
    text = base64.b64encode("Grüezi".encode()).decode()
    body = body_of(
        user(Document(Inline("text/plain", text), "a.txt"), Document(Inline("text/plain", "é")))
    )
    assert body["messages"][0]["content"] == "a.txt\n\nGrüezi\n\né"


@pytest.mark.parametrize(
    "part",
    [
        Image(Link("https://example.com/a.png")),
        Document(Inline("application/pdf", PNG)),
        Document(Link("https://example.com/a.pdf")),
        Audio("wav", PNG),
    ],
)
def test_what_the_api_has_no_place_for_is_refused(part: Part) -> None:
    for parts in ((part,), (ToolResult("c", (part,)),)):
        with pytest.raises(ClientError, match="can not be given to a model of Ollama"):
            write_request(Conversation((user(*parts),)), Wanted("alpha"))


@pytest.mark.parametrize(
    ("wanted", "written"),
    [(JsonFormat(), "json"), (JsonFormat({"type": "object"}, "x", True), {"type": "object"})],
)
def test_answers_in_json(wanted: JsonFormat, written: Any) -> None:
    assert body_of(user(Text("Hi")), format=wanted)["format"] == written


@pytest.mark.parametrize(
    ("choice", "offered", "told"),
    [
        (None, ["weather", "clock"], 0),
        (ToolChoice(Choosing.AUTO), ["weather", "clock"], 0),
        (ToolChoice(Choosing.NONE), None, 0),
        (ToolChoice(Choosing.REQUIRED), ["weather", "clock"], 1),
        (ToolChoice(Choosing.NAMED, "clock"), ["clock"], 1),
    ],
)
def test_the_choice_of_tools_as_far_as_it_can_be_said(
    choice: ToolChoice | None, offered: Any, told: int
) -> None:
    conversation = Conversation((user(Text("Hi")),), tools=(WEATHER, CLOCK), tool_choice=choice)
    body = json.loads(write_request(conversation, Wanted("alpha")))
    tools = body.get("tools")
    assert (tools and [tool["function"]["name"] for tool in tools]) == offered
    assert len(list(left_out(conversation))) == told
