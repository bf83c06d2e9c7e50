"""Ollama's answers: read in any pieces, whole or streamed, they say the same."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.call import Usage, UsageSource
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Likely, Piece, Said, ToolCall, fold
from butler.engine.dialects.ollama import Ollama
from tests.fakes import Answer, NoUsage, OllamaUpstream, ToolCalls
from tests.fakes import ToolCall as FakeCall
from tests.fakes.ollama_checks import Ask

OLLAMA = Ollama()
ASK = Ask("alpha", True, 4096)
ANSWER = Answer(chunks=["你好", ",", " world 😀", "\n{}"], reasoning="let me think")
CALLS = ToolCalls(
    calls=(
        FakeCall("weather", '{"city": "Bern", "days": [1, 2], "why": "你好"}', "call_a"),
        FakeCall("weather", "{}", "call_b"),
    ),
    text="Let me see.",
)


def read(data: bytes, sizes: list[int] | None = None) -> list[Delta]:
    reader = OLLAMA.stream_reader()
    deltas: list[Delta] = []
    for size in sizes or []:
        deltas += reader.feed(data[:size])
        data = data[size:]
    deltas += reader.feed(data)
    return deltas + reader.close()


def pieces_of(deltas: list[Delta]) -> list[Piece]:
    return [piece for delta in deltas for piece in OLLAMA.pieces(delta)]


def streamed(reply: Any, *, old: bool = False) -> bytes:
    return b"".join(OllamaUpstream(old=old).chats.events(reply, ASK))


def whole(reply: Any, *, old: bool = False) -> Delta:
    return OLLAMA.read_reply(json.dumps(OllamaUpstream(old=old).chats.whole(reply, ASK)).encode())


@given(st.sampled_from([ANSWER, CALLS]), st.lists(st.integers(0, 40)))
def test_any_cut_says_what_the_whole_answer_says(reply: Any, sizes: list[int]) -> None:
    data = streamed(reply)
    deltas, at_once = read(data, sizes), whole(reply)

    assert fold(pieces_of(deltas)) == fold(OLLAMA.pieces(at_once))
    assert b"".join(delta.raw for delta in deltas) == data
    assert "".join(delta.text for delta in deltas) == at_once.text
    last = deltas[-1]
    assert (last.finish, last.usage, last.done) == (at_once.finish, at_once.usage, True)
    assert not any(delta.done for delta in deltas[:-1])


def test_text_and_thoughts_are_told_apart() -> None:
    reply = fold(pieces_of(read(streamed(ANSWER))))
    assert reply.text == "你好, world 😀\n{}"
    assert [thought.text for thought in reply.thoughts] == ["let me think"]


def test_calls_come_whole_and_keep_their_ids() -> None:
    deltas = read(streamed(CALLS))
    assert deltas[-1].finish == "tool_calls"
    assert fold(pieces_of(deltas)).calls == (
        ToolCall("call_a", "weather", '{"city":"Bern","days":[1,2],"why":"你好"}'),
        ToolCall("call_b", "weather", "{}"),
    )


def test_calls_without_ids_get_some_that_stay() -> None:
    first, second = (pieces_of(read(streamed(CALLS, old=True))) for _ in range(2))
    assert first == second
    ids = [call.id for call in fold(first).calls]
    assert len(set(ids)) == 2
    assert all(id_.startswith("call_") for id_ in ids)


@pytest.mark.parametrize("reason", ["stop", "length"])
def test_why_it_ended(reason: str) -> None:
    assert whole(Answer(finish=reason)).finish == reason


def test_what_is_only_loaded_has_said_nothing() -> None:
    line = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "load"}
    delta = OLLAMA.read_reply(json.dumps(line).encode())
    assert (delta.finish, delta.content, delta.done) == (None, False, True)


def test_counts_are_those_of_the_end_or_nobodys() -> None:
    deltas = read(streamed(Answer(text="a b")))
    assert [delta.usage for delta in deltas[:-1]] == [None, None]
    assert deltas[-1].usage == Usage(12, 5, source=UsageSource.REPORTED)
    assert whole(NoUsage()).usage is None


@pytest.mark.parametrize("error", ["it broke", {"message": "it broke"}])
def test_an_error_in_the_middle(error: Any) -> None:
    (delta,) = read(json.dumps({"error": error}).encode() + b"\n")
    assert delta.error == "it broke"


@pytest.mark.parametrize("line", [b"not json\n", b"[1]\n", b'{"cut": "off'])
def test_what_is_no_line_of_this_api_is_unreadable(line: bytes) -> None:
    (delta,) = read(line)
    assert delta.unreadable
    assert OLLAMA.pieces(delta) == []


@pytest.mark.parametrize("body", [b"[]", b"{", b"{}", b'{"message": {}, "done": false}'])
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        OLLAMA.read_reply(body)


def test_odd_members_count_as_not_given() -> None:
    line = {
        "message": {"content": None, "thinking": 3, "tool_calls": [None, {"function": {}}]},
        "done": True,
        "done_reason": "brand new",
        "prompt_eval_count": -1,
        "eval_count": True,
    }
    delta = OLLAMA.read_reply(json.dumps(line).encode())
    assert delta.usage is None
    assert delta.finish == "tool_calls"
    assert [(call.name, call.arguments) for call in fold(OLLAMA.pieces(delta)).calls] == [
        ("", "{}")
    ]


def test_how_likely_tokens_were() -> None:
    other = {"token": "Hm", "logprob": -2.5}
    told = {"token": "Hi", "logprob": -0.1, "bytes": [72, 105], "top_logprobs": [other, None]}
    line = {"message": {"content": "Hi"}, "done": False, "logprobs": [told, {"token": 3}]}
    (delta,) = read(json.dumps(line).encode() + b"\n")
    likely = Likely("Hi", -0.1, (72, 105), (Likely("Hm", -2.5),))
    assert pieces_of([delta]) == [Said("Hi", likely=(likely,))]
