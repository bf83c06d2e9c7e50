"""Answers of Google's as they are read: whole, and byte by byte."""

import json
from typing import Any

import pytest

from butler.engine.call import Usage, UsageSource
from butler.engine.dialects.canonical import (
    Called,
    Finish,
    Heard,
    Likely,
    Reasoned,
    Said,
    Unsaid,
    fold,
)
from butler.engine.dialects.gemini_reader import (
    ContentStreamReader,
    blocked,
    pieces_of,
    plain_signature,
    read_reply,
)

CALL = {"functionCall": {"name": "f", "args": {"x": 1}}}


def answer(*parts: Any, finish: str | None = None, **members: Any) -> dict[str, Any]:
    candidate = {"content": {"parts": list(parts), "role": "model"}, "index": 0}
    ended = {} if finish is None else {"finishReason": finish}
    return {"candidates": [{**candidate, **ended}], "responseId": "r", **members}


CHUNKS = [
    answer({"text": "Hm.", "thought": True}),
    answer({"text": "Hi, 你好"}, usageMetadata={"promptTokenCount": 3}),
    answer({**CALL, "thoughtSignature": "a-_="}, CALL),
    answer(
        {"functionCall": {"name": "g", "id": "own"}},
        finish="STOP",
        usageMetadata={
            "promptTokenCount": 3,
            "toolUsePromptTokenCount": 1,
            "candidatesTokenCount": 4,
            "thoughtsTokenCount": 2,
            "cachedContentTokenCount": 1,
        },
    ),
]


def stream(ending: str) -> bytes:
    return "".join(
        f"data: {json.dumps(chunk, ensure_ascii=False)}{ending}{ending}" for chunk in CHUNKS
    ).encode()


def heard(data: Any) -> list[Heard]:
    return list(pieces_of(data))


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_stream_in_whatever_pieces(size: int, ending: str) -> None:
    raw = stream(ending)
    reader = ContentStreamReader()
    deltas = [it for at in range(0, len(raw), size) for it in reader.feed(raw[at : at + size])]
    deltas += reader.close()
    assert b"".join(delta.raw for delta in deltas) == raw
    assert [delta.content for delta in deltas] == [True] * 4
    reply = fold([it for delta in deltas for it in heard(delta.data) if not isinstance(it, Unsaid)])
    assert (reply.text, reply.thoughts[0].text) == ("Hi, 你好", "Hm.")
    assert [(call.name, call.arguments) for call in reply.calls] == [
        ("f", '{"x":1}'),
        ("f", '{"x":1}'),
        ("g", "{}"),
    ]
    ids = [call.id for call in reply.calls]
    assert len(set(ids)) == 3
    assert ids[2] == "own"
    assert deltas[2].signed == ("a+/=",)
    last = deltas[-1]
    assert (last.finish, last.usage) == (
        Finish.TOOL_CALLS,
        Usage(4, 6, 1, 2, UsageSource.REPORTED),
    )


def test_ids_are_the_same_whenever_an_answer_is_read() -> None:
    body = json.dumps(answer(CALL, CALL, finish="STOP")).encode()
    first, second = (heard(read_reply(body).data) for _ in range(2))
    assert first == second
    other = heard(read_reply(body.replace(b'"r"', b'"s"')).data)
    assert first != other


@pytest.mark.parametrize(
    ("reason", "finish"),
    [
        ("STOP", Finish.STOP),
        ("MAX_TOKENS", Finish.LENGTH),
        ("SAFETY", Finish.CONTENT_FILTER),
        ("PROHIBITED_CONTENT", Finish.CONTENT_FILTER),
        ("SOMETHING_NEW", Finish.STOP),
        ("FINISH_REASON_UNSPECIFIED", None),
        (None, None),
    ],
)
def test_why_an_answer_ended(reason: str | None, finish: Finish | None) -> None:
    delta = read_reply(json.dumps(answer({"text": "a"}, finish=reason)).encode())
    assert delta.finish == finish


def test_how_likely_tokens_were() -> None:
    one = {"token": "a", "logProbability": -0.5}
    other = {"token": "b", "logProbability": -2}
    data = answer({"text": "a"})
    data["candidates"][0]["logprobsResult"] = {
        "chosenCandidates": [one, {"token": "x"}],
        "topCandidates": [{"candidates": [one, other]}],
    }
    others = (Likely("a", -0.5), Likely("b", -2))
    assert heard(data) == [Said("a", likely=(Likely("a", -0.5, others=others),))]


def test_what_no_other_dialect_can_say_is_told() -> None:
    data = answer({"inlineData": {}}, {"executableCode": {}}, {"text": "a"})
    data["candidates"][0]["groundingMetadata"] = {"a": 1}
    data["candidates"].append({"content": {"parts": [{"text": "b"}]}, "index": 1})
    told = [piece.what for piece in heard(data) if isinstance(piece, Unsaid)]
    assert told == [
        "`inlineData`",
        "`executableCode`",
        "`groundingMetadata`",
        "all candidates but the first",
    ]
    assert [piece for piece in heard(data) if not isinstance(piece, Unsaid)] == [Said("a")]
    assert heard(answer({"text": "", "thoughtSignature": "s"})) == []
    assert heard(answer({"text": "a", "thought": True})) == [Reasoned("a")]
    assert heard(answer(CALL)) == [Called(0, None, "f", '{"x":1}')]


def test_failures() -> None:
    reader = ContentStreamReader()
    failed, unreadable, comment, held = reader.feed(
        b'data: {"error": {"code": 503, "message": "Overloaded."}}\n\n'
        b"data: {]\n\n: hello\n\ndata: []\n\n"
    )
    assert failed.error == "Overloaded."
    assert (unreadable.unreadable, held.unreadable) == (True, True)
    assert (comment.content, comment.error) == (False, None)
    refusal = {"promptFeedback": {"blockReason": "SAFETY", "blockReasonMessage": "No."}}
    assert "SAFETY" in (blocked(refusal) or "")
    assert read_reply(json.dumps(refusal).encode()).error == blocked(refusal)
    assert blocked({**refusal, "candidates": [{}]}) is None
    with pytest.raises(ValueError, match="object"):
        read_reply(b"[]")


def test_signatures_are_compared_in_one_alphabet() -> None:
    assert plain_signature("a-b_c=") == plain_signature("a+b/c=")
