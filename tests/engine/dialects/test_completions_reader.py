"""Completions are read whole and in pieces, byte by byte if need be."""

import pytest

from butler.engine.dialects.canonical import Said, Unsaid
from butler.engine.dialects.completions_reader import (
    CompletionStreamReader,
    pieces_of,
    read_reply,
)

STREAM = (
    b'data: {"choices":[{"index":0,"text":"Li","finish_reason":null}]}\n\n'
    b": still here\n\n"
    b'data: {"choices":[{"index":0,"text":"ght","finish_reason":"length"}]}\n\n'
    b'data: {"choices":[],"usage":{"prompt_tokens":2,"completion_tokens":3}}\n\n'
    b"data: [DONE]\n\n"
)


@pytest.mark.parametrize("size", [1, 11, 1000])
def test_a_stream_in_any_pieces(size: int) -> None:
    reader = CompletionStreamReader()
    got = [it for at in range(0, len(STREAM), size) for it in reader.feed(STREAM[at : at + size])]
    assert b"".join(delta.raw for delta in got) == STREAM
    assert "".join(delta.text for delta in got) == "Light"
    assert [delta.finish for delta in got if delta.finish] == ["length"]
    assert [delta.usage_only for delta in got] == [False, False, False, True, False]
    assert got[-1].done


def test_a_whole_completion() -> None:
    delta = read_reply(b'{"choices":[{"text":"Light","finish_reason":"stop"}],"usage":{}}')
    assert (delta.text, delta.finish, delta.content, delta.usage) == ("Light", "stop", True, None)


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>"])
def test_what_is_no_completion(body: bytes) -> None:
    with pytest.raises(ValueError):
        read_reply(body)


def test_an_error_inside_is_one() -> None:
    assert read_reply(b'{"error": {"message": "no"}}').error == "no"


def test_what_is_nothing_known_is_unreadable() -> None:
    (delta,) = CompletionStreamReader().feed(b"data: <html>\n\n")
    assert delta.unreadable


def test_the_last_event_may_lack_its_blank_line() -> None:
    reader = CompletionStreamReader()
    assert reader.feed(b"data: [DONE]") == []
    assert [delta.done for delta in reader.close()] == [True]


def test_only_the_first_choice_is_told_again() -> None:
    data = {"choices": [{"index": 0, "text": "a"}, {"index": 1, "text": "b"}]}
    assert list(pieces_of(data)) == [Said("a"), Unsaid("further choices")]
