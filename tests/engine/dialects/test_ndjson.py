"""Lines come out as they went in, however the network cuts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.dialects import ndjson
from butler.engine.dialects.ndjson import LineSplitter, LineTooLong

LINES = ['{"a": "你好"}\n'.encode(), b'{"b": 1}\r\n', b'{"c": []}\n']


@given(st.lists(st.integers(0, 9)))
def test_any_cut_gives_the_same_lines(sizes: list[int]) -> None:
    data, splitter = b"".join(LINES), LineSplitter()
    found: list[bytes] = []
    for size in sizes:
        found += splitter.feed(data[:size])
        data = data[size:]
    found += splitter.feed(data)

    assert found == LINES
    assert splitter.close() == b""


def test_blank_lines_are_nothing_and_a_missing_end_is_no_loss() -> None:
    splitter = LineSplitter()
    assert splitter.feed(b'\n \r\n{"a": 1}') == []
    assert splitter.close() == b'{"a": 1}'


def test_a_line_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ndjson, "MAX_LINE_BYTES", 10)
    with pytest.raises(LineTooLong):
        LineSplitter().feed(b"x" * 11)
