"""Reading the whole shelf at start, a little at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from butler.engine.caches.similar.entries import Entry
from butler.engine.caches.similar.question import Question
from butler.engine.caches.similar.record import Record, read_hit, read_lesson, read_record
from butler.engine.caches.similar.shelf import ENTRY, HIT, LESSON
from butler.engine.call import Target


@dataclass(frozen=True, slots=True)
class HitFound:
    """A call that was answered from the cache."""

    request: str


@dataclass(frozen=True, slots=True)
class LessonFound:
    """A raised bar."""

    lesson: bytes
    least: float


Finding = Entry | HitFound | LessonFound


def next_of(items: Iterator[tuple[str, bytes]], count: int) -> list[Finding | None] | None:
    """Read some more of what lies on a shelf; None where there is no more.

    Signatures are made anew from the words: a later version may tell more questions apart.
    """
    taken = list(islice(items, count))
    return [_finding(key, data) for key, data in taken] if taken else None


def entry_of(key: str, record: Record, size_bytes: int) -> Entry:
    """Return the index's entry for a record; it makes the words' signature."""
    question = Question(record.text, record.scope, record.sharer)
    answer = record.answer
    return Entry(
        key,
        record.scope,
        question.group,
        question.signature,
        Target(answer.provider, answer.model),
        size_bytes,
        answer.at.timestamp(),
    )


def _finding(key: str, data: bytes) -> Finding | None:
    if key.startswith(ENTRY):
        record = read_record(data)
        return entry_of(key.removeprefix(ENTRY), record, len(data)) if record else None
    if key.startswith(HIT):
        return HitFound(key.removeprefix(HIT)) if read_hit(data) else None
    lesson = read_lesson(data) if key.startswith(LESSON) else None
    if lesson is None:
        return None
    return LessonFound(Question(lesson.text, b"", lesson.sharer).lesson, lesson.least)
