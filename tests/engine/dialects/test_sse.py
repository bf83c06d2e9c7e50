"""A stream comes apart at the same places however the network cuts it."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.dialects.sse import MAX_EVENT_BYTES, EventSplitter, EventTooLong, data_of

EVENTS = [
    b'data: {"content":"\xe4\xbd\xa0\xe5\xa5\xbd"}\n\n',
    b": keep-alive\n\n",
    b"event: ping\r\ndata:\r\n\r\n",
    b"id: 7\ndata: one\ndata:two\ndata:  three\n\n",
    b"data: cr\r\r",
    b"data: mixed\r\n\n",
    b"data: mixed too\n\r\n",
    b"data: [DONE]\n\n",
]
STREAM = b"".join(EVENTS)


def split(pieces: list[bytes]) -> list[bytes]:
    splitter = EventSplitter()
    events = [event for piece in pieces for event in splitter.feed(piece)]
    rest = splitter.close()
    return [*events, rest] if rest else events


def test_whole() -> None:
    assert split([STREAM]) == EVENTS


def test_byte_by_byte() -> None:
    assert split([STREAM[at : at + 1] for at in range(len(STREAM))]) == EVENTS


@pytest.mark.parametrize("at", range(len(STREAM) + 1))
def test_every_split_point(at: int) -> None:
    assert split([STREAM[:at], STREAM[at:]]) == EVENTS


LINES = st.lists(
    st.sampled_from([b"data: x", b"data:", b": c", b"event: e", b"x", "data: 你好".encode()]),
    min_size=1,
    max_size=3,
)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])


@given(st.lists(st.tuples(LINES, ENDS), max_size=5), st.data())
def test_any_stream_any_cut(drawn: list[tuple[list[bytes], bytes]], data: st.DataObject) -> None:
    events = [end.join([*lines, b"", b""]) for lines, end in drawn]
    stream = b"".join(events)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    bounds = [0, *cuts, len(stream)]
    pieces = [stream[a:b] for a, b in itertools.pairwise(bounds)]
    assert split(pieces) == events


def test_an_event_goes_out_as_soon_as_it_is_whole() -> None:
    splitter = EventSplitter()
    assert splitter.feed(b"data: a\n\ndata: b\n") == [b"data: a\n\n"]
    assert splitter.feed(b"\n") == [b"data: b\n\n"]
    assert splitter.close() == b""


def test_the_rest_without_a_blank_line_comes_at_the_end() -> None:
    assert split([b"data: a\n\n", b"data: b"]) == [b"data: a\n\n", b"data: b"]
    assert split([b"data: b\n"]) == [b"data: b\n"]


@pytest.mark.parametrize(
    ("event", "data"),
    [
        (b"data: a\n\n", b"a"),
        (b"data:a\n\n", b"a"),
        (b"data:  a\n\n", b" a"),
        (b"data: a\r\n\r\n", b"a"),
        (b"data: a\r\r", b"a"),
        (b"data: a", b"a"),
        (b"data: a\ndata: b\n\n", b"a\nb"),
        (b"event: x\ndata: a\nid: 1\n\n", b"a"),
        (b": comment\ndata: a\n\n", b"a"),
        (b"data:\n\n", b""),
        (b"data: \n\n", b""),
        (b": comment\n\n", None),
        (b"event: ping\n\n", None),
        (b"\n\n", None),
        (b"database: x\n\n", None),
    ],
)
def test_the_data_of_an_event(event: bytes, data: bytes | None) -> None:
    assert data_of(event) == data


def test_an_event_of_many_pieces_takes_time_in_proportion() -> None:
    splitter = EventSplitter()
    started = time.perf_counter()
    for _ in range(1_000):
        assert splitter.feed(b"x" * 16_384) == []
    # Measured: 0.13 s; looking at all of it again with every piece took a minute.
    assert time.perf_counter() - started < 5
    assert len(splitter.feed(b"\n\n")[0]) == 16_384_002


def test_a_stream_without_any_blank_line_is_given_up() -> None:
    splitter = EventSplitter()
    piece = b"x" * (MAX_EVENT_BYTES // 4)
    for _ in range(4):
        splitter.feed(piece)
    with pytest.raises(EventTooLong):
        splitter.feed(b"x")
