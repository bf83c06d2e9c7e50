"""Answers that come bit by bit: events are told from sound, and every byte comes out again."""

import pytest

from butler.engine.dialects.services.reading import ServiceReader
from butler.engine.dialects.services.usage import token_usage

EVENTS = (
    b'data: {"type":"transcript.text.delta","delta":"Hel"}\n\n'
    b": still here\n\n"
    b'data: {"type":"transcript.text.delta","delta":"lo"}\n\n'
    b'data: {"type":"transcript.text.done","text":"Hello",'
    b'"usage":{"type":"tokens","input_tokens":9,"output_tokens":2}}\n\n'
)
SOUND = b"ID3\x04\x00data: \n\nevent: \n\n\xff\xfb\x90"


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_events_are_read_in_any_pieces(size: int) -> None:
    reader = ServiceReader(token_usage)
    got = [
        delta for at in range(0, len(EVENTS), size) for delta in reader.feed(EVENTS[at : at + size])
    ]
    assert b"".join(delta.raw for delta in got) == EVENTS
    assert "".join(delta.text for delta in got) == "Hello"
    usage = got[-1].usage
    assert usage is not None
    assert (usage.input_tokens, usage.output_tokens, got[-1].finish) == (9, 2, "stop")
    assert [delta.done for delta in reader.close()] == [True]


def test_sound_passes_as_it_comes() -> None:
    reader = ServiceReader(token_usage)
    got = [*reader.feed(SOUND[:3]), *reader.feed(SOUND[3:])]
    assert [delta.raw for delta in got] == [SOUND[:3], SOUND[3:]]
    assert all(delta.content for delta in got)
    assert [(delta.raw, delta.done) for delta in reader.close()] == [(b"", True)]


def test_an_error_event_is_one() -> None:
    (delta,) = ServiceReader(token_usage).feed(b'data: {"type":"error","message":"no"}\n\n')
    assert (delta.error, delta.content) == ("no", False)


def test_plain_words_are_content() -> None:
    (delta,) = ServiceReader(token_usage).feed(b"data: Hello\n\n")
    assert (delta.text, delta.content) == ("Hello", True)


def test_an_event_without_its_blank_line_is_not_lost() -> None:
    reader = ServiceReader(token_usage)
    assert reader.feed(b"data: [DONE]") == []
    assert [delta.raw for delta in reader.close()] == [b"data: [DONE]", b""]


def test_usage_of_several_ends_is_added_up() -> None:
    reader = ServiceReader(token_usage)
    end = (
        b'data: {"type":"image_generation.completed","usage":{"input_tokens":1,"output_tokens":5}}'
    )
    reader.feed(end + b"\n\n")
    (second,) = reader.feed(end + b"\n\n")
    assert second.usage is not None
    assert (second.usage.input_tokens, second.usage.output_tokens) == (2, 10)


def test_a_sound_that_begins_like_an_event_is_not_lost() -> None:
    reader = ServiceReader(token_usage)
    assert reader.feed(b"da") == []
    assert [delta.raw for delta in reader.close()] == [b"da"]
