"""Whole requests of Google's: what the hub hears of each member."""

import json
from typing import Any

import pytest

from butler.engine.dialects.canonical import (
    Choosing,
    Conversation,
    JsonFormat,
    Message,
    Role,
    Text,
    ToolChoice,
)
from butler.engine.dialects.gemini_body import read_body
from butler.engine.dialects.gemini_conversation import read_conversation
from butler.engine.errors import ClientError

HELLO: list[Any] = [{"role": "user", "parts": [{"text": "Hello!"}]}]
FUNCTIONS = [
    {"name": "a.b", "description": "A.", "parameters": {"type": "OBJECT"}},
    {"name": "c", "parametersJsonSchema": {"type": "object", "$defs": {}}},
]


def read(**members: Any) -> Conversation:
    return read_conversation(
        read_body(json.dumps({"contents": HELLO, **members}).encode()), stream=False
    )


def config(**members: Any) -> Conversation:
    return read(generationConfig=members)


def test_who_says_what() -> None:
    said = [*HELLO, {"role": "model", "parts": [{"text": "Hi."}]}, {"parts": [{"text": "Bye."}]}]
    conversation = read(contents=said, system_instruction={"parts": [{"text": "Be kind."}]})
    assert [message.role for message in conversation.messages] == [
        Role.SYSTEM,
        Role.USER,
        Role.ASSISTANT,
        Role.USER,
    ]
    assert conversation.messages[0] == Message(Role.SYSTEM, (Text("Be kind."),))


def test_settings() -> None:
    found = config(
        maxOutputTokens=9,
        temperature=1.5,
        topP=0.5,
        topK=40.0,
        stopSequences=["a", ""],
        seed=7,
        presencePenalty=0.1,
        frequencyPenalty=-0.1,
        responseLogprobs=True,
        logprobs=3,
    )
    assert (found.max_tokens, found.temperature, found.top_p, found.top_k) == (9, 1.5, 0.5, 40)
    assert (found.stop, found.seed, found.likeliest) == (("a",), 7, 3)
    assert (found.presence_penalty, found.frequency_penalty) == (0.1, -0.1)
    assert config(responseLogprobs=True).likeliest == 0
    assert config(logprobs=3).likeliest is None
    assert config().left_out == ()


def test_tools_in_either_kind_of_schema() -> None:
    found = read(tools=[{"functionDeclarations": FUNCTIONS}, {"codeExecution": {}}])
    assert [(tool.name, tool.description) for tool in found.tools] == [("a_b", "A."), ("c", None)]
    assert [tool.schema for tool in found.tools] == [
        {"type": "object"},
        {"type": "object", "$defs": {}},
    ]
    assert found.left_out == ("the tool `code_execution`, which only its vendor runs",)


@pytest.mark.parametrize(
    ("calling", "choice", "names"),
    [
        ({"mode": "AUTO"}, ToolChoice(Choosing.AUTO), ["a_b", "c"]),
        ({"mode": "NONE"}, ToolChoice(Choosing.NONE), ["a_b", "c"]),
        ({"mode": "ANY"}, ToolChoice(Choosing.REQUIRED), ["a_b", "c"]),
        (
            {"mode": "ANY", "allowedFunctionNames": ["a.b"]},
            ToolChoice(Choosing.NAMED, "a_b"),
            ["a_b"],
        ),
        (
            {"mode": "ANY", "allowed_function_names": ["a.b", "c"]},
            ToolChoice(Choosing.REQUIRED),
            ["a_b", "c"],
        ),
        ({"mode": "VALIDATED", "allowedFunctionNames": ["c"]}, ToolChoice(Choosing.AUTO), ["c"]),
        ({}, None, ["a_b", "c"]),
    ],
)
def test_which_tool_to_call(calling: Any, choice: ToolChoice | None, names: list[str]) -> None:
    found = read(
        tools=[{"functionDeclarations": FUNCTIONS}],
        tool_config={"function_calling_config": calling},
    )
    assert found.tool_choice == choice
    assert [tool.name for tool in found.tools] == names


def test_formats() -> None:
    schema: Any = {"type": "object"}
    as_json = {"responseMimeType": "application/json"}
    assert config(**as_json).format == JsonFormat()
    assert config(**as_json, responseJsonSchema=schema).format == JsonFormat(schema)
    assert config(**as_json, responseSchema={"type": "OBJECT"}).format == JsonFormat(schema)
    assert config(responseJsonSchema=schema).format is None
    assert config(responseMimeType="text/x.enum").left_out == ("answers of the type `text/x.enum`",)


def test_what_only_the_vendor_knows_is_told() -> None:
    found = read(
        safetySettings=[{"category": "a"}],
        labels={"a": "b"},
        generationConfig={"speechConfig": {}, "responseModalities": ["TEXT", "AUDIO"]},
    )
    assert len(found.left_out) == 4


@pytest.mark.parametrize(
    "members",
    [
        {"generationConfig": {"candidateCount": 2}},
        {"generationConfig": {"responseModalities": ["IMAGE"]}},
        {"cachedContent": "cachedContents/a"},
        {"contents": [{"role": "system", "parts": []}]},
        {"contents": [3]},
    ],
)
def test_what_nobody_else_could_answer(members: dict[str, Any]) -> None:
    with pytest.raises(ClientError) as refused:
        read(**members)
    assert refused.value.status == 400
