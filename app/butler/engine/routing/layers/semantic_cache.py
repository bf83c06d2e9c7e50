"""Layer `semantic_cache`: the answer to a question that means the same, sent again.

The guard comes first: only where it lets a kept question pass is anything read or compared. Then
the texts differ in spelling or politeness alone, or the cosine of their embeddings decides.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from butler.engine.caches.exact.suitable import not_kept
from butler.engine.caches.guard import differences, is_time_dependent
from butler.engine.caches.similar.entries import Entry
from butler.engine.caches.similar.memory import SimilarCache, nothing_kept
from butler.engine.caches.similar.question import Manners, Question, question_of
from butler.engine.caches.similar.record import HitRecord, Record
from butler.engine.call import Call, Replay, Target, UseTargets, Verdict
from butler.engine.dialects.capture import Capture
from butler.engine.permission import allows
from butler.engine.routing.weighing import Weighed
from butler.engine.signals.embedder.model import NoEmbedding, Why

_EXTRA_MS = 10
"""What reading a kept answer may take beside the embedding."""
_SAME = 1.0
_ASKED, _FOUND = "similar question", "similar answer"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A kept question whose answer will do, how alike it is, and by what."""

    entry: Entry
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class Found:
    """A kept answer that will do."""

    chosen: Chosen
    record: Record
    differences: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why, for the log. That is not sealed, so it holds none of the words."""
        count = len(self.differences)
        told = f"{count} difference{'' if count == 1 else 's'}"
        return f"asked before in {self.record.source}: {self.chosen.how}; {told}"


@dataclass(frozen=True, slots=True)
class Similarity:
    """What the layer needs: the cache, how it is set, and the targets of this revision."""

    cache: SimilarCache = field(default_factory=nothing_kept)
    manners: Manners = field(default_factory=lambda: Manners(enabled=False))
    living: Container[Target] = frozenset()
    embedding_ms: float = 55


class SemanticCacheLayer:
    """Answers what was asked before in other words; keeps what others answer.

    Sending a kept answer lets nothing out of the machine: privacy rules and the local-only
    switch do not stand in its way.
    """

    name = "semantic_cache"

    def __init__(self, similarity: Similarity) -> None:
        self._cache = similarity.cache
        self._manners = similarity.manners
        self._living = similarity.living
        self.budget_ms: float | None = similarity.embedding_ms + _EXTRA_MS

    async def decide(self, call: Call) -> Verdict | None:
        """Send a kept answer, or listen to the one that comes, if it may be kept."""
        if not self._manners.enabled:
            call.step.skip("the semantic cache is switched off")
            return None
        if not call.runtime.routing_enabled:
            call.step.skip("routing is switched off")
            return None
        question = question_of(call, self._manners)
        if isinstance(question, str):
            call.step.skip(question)
            return None
        call.capture = call.capture or Capture(call)
        call.known.memo(_ASKED, lambda: question)
        entries = self._cache.alike(question, self._manners.ttl_s)
        if not entries:
            call.step.reason = "no question like it is kept"
            return None
        if is_time_dependent(question.text):
            call.step.skip("the answer depends on the time")
            return None
        found = await self._among(call, question, entries)
        if found is None:
            return None
        call.known.memo(_FOUND, lambda: found)
        return Replay(found.record.answer, self.name, found.reason, found.chosen.score)

    def note(self, call: Call, weighed: Weighed) -> None:
        """Remember which answer goes out, in case it is wrong; a dry run sends none."""
        verdict = weighed.verdict
        if not isinstance(verdict, Replay) or verdict.layer != self.name:
            return
        found: Found = call.known.memo(_FOUND, _nothing)
        question: Question = call.known.memo(_ASKED, _nothing)
        hit = HitRecord(
            found.chosen.entry.key,
            call.caller.id if call.caller else None,
            question.sharer,
            question.text,
            found.chosen.score,
            found.differences,
            datetime.now(UTC),
        )
        self._cache.note_hit(call.id, hit)

    async def observe(self, call: Call) -> None:
        """Keep the answer of somebody who was asked, if it is whole."""
        question: Question | None = call.known.memo(_ASKED, _nothing)
        if question is None or call.capture is None or not isinstance(call.verdict, UseTargets):
            return
        answer = call.capture.kept()
        if (
            answer is None
            or not_kept(call, answer, tool_calls=False)
            or is_time_dependent(question.text)
        ):
            return
        asked = call.known.embedding_if_asked
        made = asked.known if asked is not None else None
        self._cache.keep(question, answer, call.id, made)

    async def _among(
        self, call: Call, question: Question, entries: Sequence[Entry]
    ) -> Found | None:
        """Return the best of the kept questions that the guard lets pass."""
        may = [
            entry
            for entry in entries
            if entry.target in self._living and allows(call.caller, entry.target)
        ]
        if not may:
            call.step.reason = "the kept answers are of models that may not answer now"
            return None
        least = max(self._manners.least, self._cache.least(question))
        chosen = self._edited(question, may) if least <= _SAME else None
        chosen = chosen or await self._nearest(call, question, may, least)
        if chosen is None:
            return None
        record = await self._cache.record(chosen.entry)
        if record is None:
            call.step.reason = "the kept answer is gone"
            return None
        return Found(chosen, record, differences(question.text, record.text))

    def _edited(self, question: Question, entries: Sequence[Entry]) -> Chosen | None:
        """Return a question that needs no comparing."""
        for entry in entries:
            if question.signature.is_trivial_edit_of(entry.signature):
                return Chosen(entry, _SAME, "only case, spaces, punctuation or politeness differ")
        return None

    async def _nearest(
        self, call: Call, question: Question, entries: Sequence[Entry], least: float
    ) -> Chosen | None:
        """Return what means the same; where the model can not read it, what says the same."""
        embedding = await call.known.embedding.get(call.runtime.embedding_budget_ms)
        if isinstance(embedding, NoEmbedding):
            call.step.reason = f"a question like it is kept, but {embedding.detail}"
            if embedding.why is not Why.UNREADABLE or least > _SAME:
                return None
            return self._settled(question, entries)
        scored = [
            (score, entry)
            for entry in entries
            if (score := self._cache.score(entry, embedding)) is not None
        ]
        if not scored:
            call.step.reason = "a question like it is kept, but has no embedding (yet)"
            return None
        score, entry = max(scored, key=itemgetter(0))
        if score < least:
            call.step.score = score
            call.step.reason = _too_far(score, least)
            return None
        return Chosen(entry, score, "it means the same")

    def _settled(self, question: Question, entries: Sequence[Entry]) -> Chosen | None:
        for entry in entries:
            if question.signature.settles(entry.signature):
                return Chosen(entry, _SAME, "the same in other words, by the words alone")
        return None


def _nothing() -> Any:
    return None


def _too_far(score: float, least: float) -> str:
    if least > _SAME:
        return "the owner has marked answers to such words as wrong"
    return f"a question like it is kept, but {score:.3f} alike is less than {least:.3f}"
