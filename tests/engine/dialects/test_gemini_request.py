"""Requests that go to Google: every member of a conversation, in words that the vendor takes."""

import json
from typing import Any

from butler.engine.dialects.canonical import (
    Choosing,
    Conversation,
    JsonFormat,
    Message,
    Role,
    Text,
    Tool,
    ToolChoice,
)
from butler.engine.dialects.gemini_request import Wanted, write_request
from tests.fakes.gemini_checks import read_ask

HELLO = (Message(Role.USER, (Text("Hello!"),)),)
SCHEMA: Any = {"type": "object", "properties": {"a": {"type": "string", "pattern": "b"}}}


def written(wanted: Wanted | None = None, *, model: str = "gemini-3", **members: Any) -> Any:
    raw = write_request(Conversation(HELLO, **members), wanted or Wanted())
    read_ask(raw, model)
    return json.loads(raw)


def test_nothing_but_words() -> None:
    assert written() == {"contents": [{"role": "user", "parts": [{"text": "Hello!"}]}]}


def test_settings() -> None:
    body = written(
        Wanted({"thinkingConfig": {"thinkingBudget": 0}}),
        max_tokens=9,
        temperature=3,
        top_p=0.5,
        top_k=40,
        stop=tuple("abcdef"),
        seed=7,
        presence_penalty=0.1,
        frequency_penalty=0.2,
        likeliest=30,
    )
    assert body["generationConfig"] == {
        "maxOutputTokens": 9,
        "temperature": 2,
        "topP": 0.5,
        "topK": 40,
        "stopSequences": list("abcde"),
        "seed": 7,
        "presencePenalty": 0.1,
        "frequencyPenalty": 0.2,
        "responseLogprobs": True,
        "logprobs": 20,
        "thinkingConfig": {"thinkingBudget": 0},
    }
    assert written(likeliest=0)["generationConfig"] == {"responseLogprobs": True}


def test_tools_and_which_to_call() -> None:
    tools = (Tool("f", {"$schema": "x", **SCHEMA}, "F."), Tool("g", {}))
    body = written(tools=tools, tool_choice=ToolChoice(Choosing.NAMED, "f"))
    assert body["tools"] == [
        {
            "functionDeclarations": [
                {"name": "f", "description": "F.", "parametersJsonSchema": SCHEMA},
                {"name": "g", "parametersJsonSchema": {"type": "object"}},
            ]
        }
    ]
    assert body["toolConfig"] == {
        "functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["f"]}
    }
    modes = {Choosing.AUTO: "AUTO", Choosing.NONE: "NONE", Choosing.REQUIRED: "ANY"}
    for choosing, mode in modes.items():
        chosen = written(tools=tools, tool_choice=ToolChoice(choosing))["toolConfig"]
        assert chosen == {"functionCallingConfig": {"mode": mode}}
    assert "toolConfig" not in written(tools=tools)
    assert "toolConfig" not in written(tool_choice=ToolChoice(Choosing.AUTO))


def test_formats() -> None:
    as_json = {"responseMimeType": "application/json"}
    assert written(format=JsonFormat())["generationConfig"] == as_json
    config = written(format=JsonFormat(SCHEMA))["generationConfig"]
    known = {"type": "object", "properties": {"a": {"type": "string"}}}
    assert config == {**as_json, "responseJsonSchema": known}


def test_a_model_that_takes_no_format_beside_tools_is_asked_in_words() -> None:
    older = Wanted(json_beside_tools=False)
    body = written(older, model="gemini-2.5-pro", tools=(Tool("f", {}),), format=JsonFormat(SCHEMA))
    assert "generationConfig" not in body
    (part,) = body["systemInstruction"]["parts"]
    assert json.dumps(SCHEMA, separators=(",", ":")) in part["text"]
    assert written(older, model="gemini-2.5-pro", format=JsonFormat())["generationConfig"]
