"""A request of Google's as every room looks at it, in either spelling of its members."""

import json
from typing import Any

import pytest

from butler.engine.dialects.gemini_body import inner, member, read_body, snake, texts_of
from butler.engine.errors import ClientError

HELLO: list[Any] = [{"role": "user", "parts": [{"text": "Hello!"}]}]


def read(**members: Any) -> dict[str, Any]:
    return read_body(json.dumps({"contents": HELLO, **members}).encode())


def test_both_spellings() -> None:
    assert (snake("thinkingConfig"), snake("text")) == ("thinking_config", "text")
    assert member({"mime_type": "a"}, "mimeType") == member({"mimeType": "a"}, "mimeType") == "a"
    assert inner({"inline_data": 3}, "inlineData") == {}


def test_members_have_the_names_that_every_room_knows() -> None:
    config = {
        "maxOutputTokens": 100,
        "temperature": 0,
        "topP": 0.5,
        "top_k": 40,
        "stopSequences": ["x"],
        "candidateCount": 2,
        "responseLogprobs": True,
        "responseModalities": ["TEXT", "IMAGE"],
    }
    data = read(generation_config=config, systemInstruction={"parts": [{"text": "Be kind."}]})
    told = {name: data[name] for name in ("max_output_tokens", "temperature", "top_p", "top_k")}
    assert told == {"max_output_tokens": 100, "temperature": 0, "top_p": 0.5, "top_k": 40}
    assert (data["stop"], data["candidate_count"], data["logprobs"]) == (["x"], 2, True)
    assert (data["modalities"], data["instructions"]) == (["text", "image"], "Be kind.")
    assert data["generationConfig"] == config


@pytest.mark.parametrize(
    ("thinking", "reasoning"),
    [
        ({"thinkingBudget": 1024}, {"max_tokens": 1024}),
        ({"thinking_budget": 0}, {"enabled": False}),
        ({"thinkingBudget": -1, "includeThoughts": True}, None),
        ({"thinkingLevel": "HIGH"}, {"effort": "high"}),
        ({"includeThoughts": True}, None),
    ],
)
def test_how_much_to_think(thinking: dict[str, Any], reasoning: dict[str, Any] | None) -> None:
    assert read(generationConfig={"thinkingConfig": thinking}).get("reasoning") == reasoning


@pytest.mark.parametrize(
    ("config", "kind"),
    [
        ({"responseMimeType": "application/json"}, "json_object"),
        ({"responseMimeType": "application/json", "responseSchema": {"type": "A"}}, "json_schema"),
        ({"response_mime_type": "text/plain"}, None),
    ],
)
def test_what_shape_the_answer_has(config: dict[str, Any], kind: str | None) -> None:
    told = read(generationConfig=config).get("response_format")
    assert told == (None if kind is None else {"type": kind})


def test_tools_are_functions_or_what_the_vendor_runs() -> None:
    function = {"name": "f"}
    data = read(tools=[{"function_declarations": [function]}, {"googleSearch": {}}])
    assert data["tools"] == [{"type": "function", "function": function}, {"type": "google_search"}]
    assert "tools" not in read(tools=[])


def test_texts_of_whatever_a_content_is() -> None:
    for content in ("a", {"parts": "a"}, {"parts": {"text": "a"}}, {"parts": [{"text": "a"}, 3]}):
        assert list(texts_of(content)) == ["a"]


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"contents": []}', b'{"contents": "a"}'])
def test_what_is_no_request(body: bytes) -> None:
    with pytest.raises(ClientError) as refused:
        read_body(body)
    assert refused.value.status == 400
