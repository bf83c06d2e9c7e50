"""Answers written for Google's clients, checked with the vendor's own library."""

import base64
import json
from collections.abc import Sequence
from typing import Any

import pytest
from google.genai import types

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Likely, Piece, Reasoned, Said, Thought
from butler.engine.dialects.gemini_answer import ContentChunks, Frame, WholeContent, usage_of
from butler.engine.dialects.gemini_reader import ContentStreamReader
from butler.engine.dialects.gemini_seal import seal

TARGET = Target("acme", "alpha")
PIECES: Sequence[Piece] = (
    Reasoned("Hm."),
    Reasoned(signature="its vendor's"),
    Said("Hi"),
    Called(0, "1", "a_b", '{"x"'),
    Called(0, arguments=":1}"),
    Called(1, "2", "g", "broken"),
    Said("!"),
)
SEALED = base64.b64decode(seal([Thought("Hm.", "its vendor's")], "acme/alpha"))
NAMES = {"a_b": "a.b"}


def chunks(
    pieces: Sequence[Piece], finish: str | None = "tool_calls", *, sse: bool = True
) -> list[types.GenerateContentResponse]:
    writer = ContentChunks(TARGET, NAMES, Frame(sse=sse))
    raw = b"".join(writer.write(Delta(b""), [piece]) for piece in pieces)
    raw += writer.write(Delta(b"", finish=finish), [])
    # The counts of some vendors come after the reason.
    raw += writer.write(Delta(b"", usage=Usage(9, 5, 3, 2)), []) + writer.close()
    objects = json.loads(raw) if not sse else [it.data for it in ContentStreamReader().feed(raw)]
    for one in objects:
        for part in one["candidates"][0]["content"]["parts"]:
            part.get("functionCall", {}).pop("index", None)
    return [types.GenerateContentResponse.model_validate(one) for one in objects]


def parts_of(*answers: types.GenerateContentResponse) -> list[dict[str, Any]]:
    return [
        part.model_dump(exclude_none=True)
        for answer in answers
        for candidate in answer.candidates or ()
        for part in (candidate.content and candidate.content.parts) or ()
    ]


@pytest.mark.parametrize("sse", [True, False], ids=["events", "list"])
def test_a_stream(sse: bool) -> None:
    told = chunks(PIECES, sse=sse)
    assert parts_of(*told) == [
        {"text": "Hm.", "thought": True},
        {"text": "Hi"},
        {
            "function_call": {"id": "1", "name": "a.b", "args": {"x": 1}},
            "thought_signature": SEALED,
        },
        {"function_call": {"id": "2", "name": "g", "args": {"arguments": "broken"}}},
        {"text": "!"},
        {"text": ""},
    ]
    assert {one.model_version for one in told} == {"acme/alpha"}
    assert len({one.response_id for one in told}) == 1
    reasons = [one.candidates[0].finish_reason for one in told if one.candidates]
    assert reasons == [None] * 4 + [types.FinishReason.STOP]
    first, last = told[0].usage_metadata, told[-1].usage_metadata
    assert first is None
    assert last is not None
    assert (last.prompt_token_count, last.candidates_token_count) == (9, 3)
    assert (last.thoughts_token_count, last.cached_content_token_count) == (2, 3)
    assert last.total_token_count == 14


def test_a_whole_answer_says_the_same() -> None:
    delta = Delta(b"", finish="length", usage=Usage(9, 5))
    raw = WholeContent(TARGET, NAMES).write(delta, PIECES)
    answer = types.GenerateContentResponse.model_validate_json(raw)
    assert parts_of(answer) == [
        {"text": "Hm.", "thought": True},
        {"text": "Hi"},
        {
            "function_call": {"id": "1", "name": "a.b", "args": {"x": 1}},
            "thought_signature": SEALED,
        },
        {"function_call": {"id": "2", "name": "g", "args": {"arguments": "broken"}}},
        {"text": "!"},
    ]
    assert answer.candidates
    assert answer.candidates[0].finish_reason == types.FinishReason.MAX_TOKENS


@pytest.mark.parametrize(
    ("finish", "refused", "reason"),
    [
        ("stop", False, "STOP"),
        (None, False, "STOP"),
        ("length", True, "MAX_TOKENS"),
        ("content_filter", False, "SAFETY"),
        ("stop", True, "SAFETY"),
    ],
)
def test_why_it_ended(finish: str | None, refused: bool, reason: str) -> None:
    said = Said("No.", refused=refused)
    last = chunks([said], finish)[-1]
    raw = WholeContent(TARGET, {}).write(Delta(b"", finish=finish), [said])
    whole = types.GenerateContentResponse.model_validate_json(raw)
    for answer in (last, whole):
        assert answer.candidates
        assert answer.candidates[0].finish_reason == reason
    assert parts_of(whole) == [{"text": "No."}]


def test_how_likely_tokens_were() -> None:
    token = Likely("a", -0.5, others=(Likely("a", -0.5), Likely("b", -2)))
    said = Said("a", likely=(token,))
    whole = types.GenerateContentResponse.model_validate_json(
        WholeContent(TARGET, {}).write(Delta(b""), [said])
    )
    for answer in (chunks([said])[0], whole):
        assert answer.candidates
        result = answer.candidates[0].logprobs_result
        assert result is not None
        assert result.chosen_candidates
        assert result.top_candidates
        assert [it.log_probability for it in result.chosen_candidates] == [-0.5]
        assert [it.token for it in result.top_candidates[0].candidates or ()] == ["a", "b"]


@pytest.mark.parametrize("sse", [True, False], ids=["events", "list"])
def test_an_error_ends_the_stream(sse: bool) -> None:
    writer = ContentChunks(TARGET, {}, Frame(sse=sse))
    raw = writer.write(Delta(b""), [Said("a")])
    raw += writer.write(Delta(b"", error="It failed."), []) + writer.close()
    objects = json.loads(raw) if not sse else [it.data for it in ContentStreamReader().feed(raw)]
    assert objects[-1]["error"] == {"code": 500, "message": "It failed.", "status": "INTERNAL"}
    assert "usageMetadata" not in objects[0]
    assert json.loads(WholeContent(TARGET, {}).error("It failed.", "overloaded")) == {
        "error": {"code": 503, "message": "It failed.", "status": "UNAVAILABLE"}
    }


def test_counts() -> None:
    assert usage_of(Usage(3, 4, 0, 9)) == {
        "promptTokenCount": 3,
        "candidatesTokenCount": 0,
        "thoughtsTokenCount": 4,
        "totalTokenCount": 7,
    }
    assert usage_of(Usage(3)) == {"promptTokenCount": 3}
    assert usage_of(Usage()) == {}
    assert Frame(sse=False).close() == b"[]"
