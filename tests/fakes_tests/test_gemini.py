"""The vendor of contents refuses what the real one refuses, and nothing else."""

import json
from typing import Any

import pytest

from tests.fakes.errors import VendorError
from tests.fakes.gemini_checks import read_ask

HELLO: list[Any] = [{"role": "user", "parts": [{"text": "Hi"}]}]
CALL: Any = {"functionCall": {"name": "f", "args": {}}}
GAVE: Any = {"functionResponse": {"name": "f", "response": {}}}
TOOLS: Any = [{"functionDeclarations": [{"name": "f", "parameters": {"type": "OBJECT"}}]}]
AS_JSON: Any = {"responseMimeType": "application/json"}


def check(model: str = "gemini-2.5-flash", **body: Any) -> None:
    read_ask(json.dumps({"contents": HELLO, **body}).encode(), model)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"tools": TOOLS, "generation_config": {"max_output_tokens": 5}},
        {"contents": [*HELLO, {"role": "model", "parts": [CALL]}, {"parts": [GAVE]}]},
    ],
)
def test_what_it_takes(body: dict[str, Any]) -> None:
    check(**body)


@pytest.mark.parametrize(
    "body",
    [
        {"contents": []},
        {"messages": []},
        {"contents": [{"role": "assistant", "parts": [{"text": "a"}]}]},
        {"contents": [{"parts": [GAVE]}]},
        {"contents": [*HELLO, {"role": "model", "parts": [CALL]}, *HELLO]},
        {"contents": [{"parts": [{"text": "a", "thoughtSignature": "foreign"}]}]},
        {"tools": [{"functionDeclarations": [{"name": "f", "parameters": {"$schema": "a"}}]}]},
        {"tools": TOOLS, "generationConfig": AS_JSON},
        {"generationConfig": {"stopSequences": list("abcdef")}},
        {"generationConfig": {"thinkingConfig": {"thinkingLevel": "LOW"}}},
        {"toolConfig": {"functionCallingConfig": {"mode": "SOMETIMES"}}},
    ],
)
def test_what_it_refuses(body: dict[str, Any]) -> None:
    with pytest.raises(VendorError) as refused:
        check(**body)
    assert refused.value.status == 400


def test_newer_models_want_their_signatures() -> None:
    said = [*HELLO, {"role": "model", "parts": [CALL]}, {"parts": [GAVE]}]
    with pytest.raises(VendorError):
        check("gemini-3.8-flash", contents=said)
