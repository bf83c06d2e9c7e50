"""Questions, answers and a model made up for the semantic cache's tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from butler.engine.caches.similar.entries import Entry
from butler.engine.caches.similar.memory import SimilarCache
from butler.engine.caches.similar.question import Question
from butler.engine.caches.similar.reading import entry_of
from butler.engine.caches.similar.record import HitRecord, Record, Vector
from butler.engine.caches.similar.shelf import MemoryShelf
from butler.engine.kept import KeptAnswer
from butler.engine.signals.embedder.chosen import ChosenEmbedder

SCOPE, OTHER_SCOPE = b"s" * 16, b"o" * 16
TEXT = "How do I reverse a linked list in Python?"
EDITED = "please, how do i reverse a linked list in python"
REWORDED = "How can I reverse a linked list in Python?"
ANOTHER = "How do I sort a linked list in Python?"
NOW = datetime.now(UTC)


def answer(text: str = "Walk through it once.", *, age_s: float = 0) -> KeptAnswer:
    # An age counts from when it is asked for: a whole run of tests takes long.
    at = datetime.now(UTC) - timedelta(seconds=age_s) if age_s else NOW
    return KeptAnswer("acme", "alpha", text, (), "stop", 12, 5, at)


def question(text: str = TEXT, scope: bytes = SCOPE) -> Question:
    return Question(text, scope, "token tok_1")


def record(text: str = TEXT, *, age_s: float = 0, vector: Vector | None = None) -> Record:
    return Record("req_1", SCOPE, "token tok_1", text, answer(age_s=age_s), vector)


def entry(key: str, text: str = TEXT, *, age_s: float = 0, size_bytes: int = 100) -> Entry:
    return entry_of(key, record(text, age_s=age_s), size_bytes)


def hit(entry: str = "a", score: float = 0.96, caller: str | None = "tok_1") -> HitRecord:
    return HitRecord(entry, caller, "token tok_1", REWORDED, score, ("can → do",), NOW)


def cache(folder: Path, shelf: MemoryShelf | None = None) -> SimilarCache:
    """A cache without a model."""
    return SimilarCache(shelf or MemoryShelf(), ChosenEmbedder(folder))
