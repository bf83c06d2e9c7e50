"""The shelf is read piece by piece; what is foreign counts for nothing."""

from butler.engine.caches.similar.entries import Entry
from butler.engine.caches.similar.reading import HitFound, LessonFound, next_of
from butler.engine.caches.similar.record import Lesson
from tests.engine.caches.similar.samples import TEXT, hit, question, record


def test_everything_is_read_once() -> None:
    lesson = Lesson("token tok_1", TEXT, 0.98)
    items = iter(
        [
            ("entry/a", record().written()),
            ("hit/req_2", hit().written()),
            ("lesson/x", lesson.written()),
            ("entry/b", b"broken"),
            ("foreign", b"{}"),
        ]
    )
    first = next_of(items, 3)
    assert first is not None
    entry, found_hit, found_lesson = first
    assert isinstance(entry, Entry)
    assert (entry.key, entry.group) == ("a", question().group)
    assert found_hit == HitFound("req_2")
    assert found_lesson == LessonFound(question().lesson, 0.98)
    assert next_of(items, 3) == [None, None]
    assert next_of(items, 3) is None
