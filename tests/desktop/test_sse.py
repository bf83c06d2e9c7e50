"""Events are read whole, however the bytes arrive."""

from butler.desktop.sse import EventReader, ServerEvent

_STREAM = (
    ": hello\n\n"
    'id: 1\nevent: snapshot\ndata: {"word": "路由"}\n\n'
    ": still here\n\n"
    "event: call\ndata: one\ndata: two\n\n"
    "data:no space\n\n"
).encode()
_EVENTS = [
    ServerEvent("snapshot", '{"word": "路由"}'),
    ServerEvent("call", "one\ntwo"),
    ServerEvent("message", "no space"),
]


def test_in_one_piece() -> None:
    assert EventReader().feed(_STREAM) == _EVENTS


def test_byte_by_byte() -> None:
    reader = EventReader()
    assert [e for byte in _STREAM for e in reader.feed(bytes([byte]))] == _EVENTS


def test_cut_anywhere() -> None:
    for cut in range(len(_STREAM)):
        reader = EventReader()
        assert reader.feed(_STREAM[:cut]) + reader.feed(_STREAM[cut:]) == _EVENTS


def test_an_event_without_its_end_waits() -> None:
    assert EventReader().feed(b"event: call\ndata: one\n") == []
