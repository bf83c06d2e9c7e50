"""Anthropic's answers: read in any pieces, whole or streamed, they say the same."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.call import Usage, UsageSource
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Piece, Reply, ToolCall, Unsaid, fold
from tests.fakes import Answer, Blocks, ToolCalls, Wire, anthropic_message
from tests.fakes import ToolCall as FakeCall
from tests.fakes import Usage as FakeUsage
from tests.fakes.checks import Ask

CLAUDE = AnthropicMessages()
STREAM = Ask("alpha", stream=True)
ANSWER = Answer(
    chunks=["你好", ",", " world 😀", "\nevent: error"],
    reasoning="let me think",
    usage=FakeUsage(20, 7, 4, 3, 6),
)
CALLS = ToolCalls(
    calls=(
        FakeCall("weather", '{"city": "Bern", "days": [1, 2], "why": "你好"}', "call_a"),
        FakeCall("weather", "{}", "call_b"),
    ),
    text="Let me see.",
    fragment_chars=3,
)


def read(data: bytes, sizes: list[int] | None = None) -> list[Delta]:
    reader = CLAUDE.stream_reader()
    deltas: list[Delta] = []
    for size in sizes or []:
        deltas += reader.feed(data[:size])
        data = data[size:]
    deltas += reader.feed(data)
    return deltas + reader.close()


def pieces_of(deltas: list[Delta]) -> list[Piece]:
    return [piece for delta in deltas for piece in CLAUDE.pieces(delta)]


def streamed(reply: Any) -> bytes:
    return b"".join(anthropic_message.events(reply, STREAM))


def whole(reply: Any) -> Delta:
    return CLAUDE.read_reply(json.dumps(anthropic_message.whole(reply, STREAM)).encode())


def same(reply: Reply) -> Reply:
    """A reply whose arguments are compared by what they mean."""
    calls = [ToolCall(it.id, it.name, json.dumps(json.loads(it.arguments))) for it in reply.calls]
    return Reply(reply.text, reply.thoughts, tuple(calls))


@pytest.mark.parametrize("reply", [ANSWER, CALLS], ids=["text", "tools"])
def test_a_whole_answer_is_the_fold_of_its_stream(reply: Any) -> None:
    deltas, once = read(streamed(reply)), whole(reply)
    assert same(fold(pieces_of(deltas))) == same(fold(CLAUDE.pieces(once)))
    ends = [delta for delta in deltas if delta.finish]
    assert [(end.finish, end.usage) for end in ends] == [(once.finish, once.usage)]


@given(st.lists(st.integers(1, 60), max_size=40), st.booleans(), st.booleans())
def test_any_cut_gives_the_same(sizes: list[int], crlf: bool, comments: bool) -> None:
    events = anthropic_message.events(CALLS, STREAM)
    data = b"".join(Wire(crlf=crlf, comments=comments).writes(events))
    cut, once = read(data, sizes), read(data)
    assert [delta.raw for delta in cut] == [delta.raw for delta in once]
    assert b"".join(delta.raw for delta in cut) == data
    assert fold(pieces_of(cut)) == fold(pieces_of(read(streamed(CALLS))))


def test_what_an_answer_says() -> None:
    reply = fold(pieces_of(read(streamed(ANSWER))))
    assert reply.text == "你好, world 😀\nevent: error"
    (thought,) = reply.thoughts
    assert (thought.text, thought.signature) == ("let me think", anthropic_message.SIGNATURE)
    called = fold(pieces_of(read(streamed(CALLS))))
    assert [(call.id, call.name) for call in called.calls] == [
        ("toolu_a", "weather"),
        ("toolu_b", "weather"),
    ]
    assert called.calls[1].arguments == "{}"


def test_cached_and_written_tokens_are_part_of_the_input() -> None:
    expected = Usage(20, 7, 4, 3, UsageSource.REPORTED, 6)
    assert whole(ANSWER).usage == expected
    counted = [delta.usage for delta in read(streamed(ANSWER)) if delta.usage]
    # The stream of this vendor tells of thoughts only where the counts are whole.
    assert [(it.input_tokens, it.output_tokens, it.cached_tokens, it.cache_write_tokens)
            for it in counted] == [(20, 7, 4, 6)]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "finish"),
    [
        ("end_turn", "stop"),
        ("stop_sequence", "stop"),
        ("pause_turn", "length"),
        ("max_tokens", "length"),
        ("model_context_window_exceeded", "length"),
        ("tool_use", "tool_calls"),
        ("refusal", "content_filter"),
        ("something_new", "stop"),
    ],
)
def test_why_it_ended(reason: str, finish: str) -> None:
    reply = Answer(finish=reason)
    assert whole(reply).finish == finish
    assert [it.finish for it in read(streamed(reply)) if it.finish] == [finish]


def test_what_only_this_vendor_says_is_left_out() -> None:
    blocks = Blocks(
        blocks=(
            {"type": "redacted_thinking", "data": "c2VhbGVk"},
            {"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {"q": "x"}},
            {"type": "web_search_tool_result", "tool_use_id": "s1", "content": []},
            {"type": "text", "text": "so"},
        )
    )
    for reply in (fold(pieces_of(read(streamed(blocks)))), fold(CLAUDE.pieces(whole(blocks)))):
        assert (reply.text, reply.calls) == ("so", ())
        assert [thought.sealed for thought in reply.thoughts] == ["c2VhbGVk"]


def test_a_foreign_blocks_deltas_are_not_arguments() -> None:
    start = {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}}
    delta = {"type": "input_json_delta", "partial_json": '{"q"'}
    data = b"".join(
        anthropic_message.event(event)
        for event in (
            {"type": "content_block_start", "index": 0, "content_block": start},
            {"type": "content_block_delta", "index": 0, "delta": delta},
        )
    )
    assert pieces_of(read(data)) == [Unsaid("server_tool_use")]


def test_content_begins_where_something_is_said() -> None:
    flags = [delta.content for delta in read(streamed(Answer(chunks=["a"])))]
    # message_start, ping, block start, text, block stop, message_delta, message_stop
    assert flags == [False, False, False, True, False, True, False]
    assert [delta.done for delta in read(streamed(Answer()))][-1]


def test_errors_in_words() -> None:
    event = anthropic_message.event(
        {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
    )
    (delta,) = read(event)
    assert (delta.error, delta.content) == ("Overloaded", False)
    body = b'{"type":"error","error":{"type":"api_error","message":""}}'
    assert CLAUDE.read_reply(body).error == "api_error"


@pytest.mark.parametrize("body", [b"", b"[1]", b"<html>", b'"x"'])
def test_what_is_no_message(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        CLAUDE.read_reply(body)


def test_odd_events_do_no_harm() -> None:
    odd = (
        b": comment\n\n"
        b'data: {"type":"content_block_delta"}\n\n'
        b'data: {"type":"content_block_delta","index":"x","delta":[]}\n\n'
        b'data: {"type":"message_delta","delta":null,"usage":7}\n\n'
        b'data: {"type":"message_start","message":{"usage":{"input_tokens":-1}}}\n\n'
        b'data: {"type":"something_new","index":3}\n\n'
        b"event: ping\n\n"
    )
    deltas = read(odd)
    assert pieces_of(deltas) == []
    assert not any(delta.error or delta.finish or delta.usage for delta in deltas)
    (garbage,) = read(b"data: {oops\n\n")
    assert garbage.unreadable


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    deltas = read(data)
    pieces_of(deltas)
    assert b"".join(delta.raw for delta in deltas) in (data, data.rstrip())
