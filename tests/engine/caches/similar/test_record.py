"""What is written is read again; what is not ours is nothing."""

import pytest

from butler.engine.caches.similar.record import (
    Lesson,
    Vector,
    read_hit,
    read_lesson,
    read_record,
)
from tests.engine.caches.similar.samples import hit, record


def test_what_is_written_is_read_again() -> None:
    for kept in (record(), record(vector=Vector("model@1", b"\x00\x01"))):
        assert read_record(kept.written()) == kept
    assert read_hit(hit().written()) == hit()
    lesson = Lesson("token tok_1", "Words", 0.98)
    assert read_lesson(lesson.written()) == lesson


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b'{"text": 1, "answer": 2}'])
def test_what_is_not_ours_is_nothing(data: bytes) -> None:
    assert read_record(data) is None
    assert read_hit(data) is None
    assert read_lesson(data) is None
