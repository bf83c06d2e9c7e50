"""The semantic cache itself: finds kept answers, keeps new ones behind what serves, and learns."""

import asyncio
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from butler.engine.caches.similar.chores import Chores
from butler.engine.caches.similar.entries import Bounds, Entries, Entry
from butler.engine.caches.similar.learning import Learning
from butler.engine.caches.similar.question import Question
from butler.engine.caches.similar.reading import HitFound, LessonFound, entry_of, next_of
from butler.engine.caches.similar.record import HitRecord, Record, read_record
from butler.engine.caches.similar.shelf import ENTRY, MemoryShelf, Shelf
from butler.engine.caches.similar.vectors import Vectors, packed
from butler.engine.kept import KeptAnswer
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.model import Embedding

_log = logging.getLogger(__name__)
_WARM = 256
_READ_AT_ONCE = 100
_TIDY_EVERY_S = 600.0


@dataclass(frozen=True, slots=True)
class Rejection:
    """What marking an answer as wrong has done: such words need this cosine from now on."""

    request: str
    least: float


class SimilarCache:
    """Kept questions and answers, on a shelf and indexed in memory; belongs to the loop's thread.

    What is slow (shelf, signatures, vectors) is done by one task behind what serves, in order.
    """

    def __init__(self, shelf: Shelf, embedding: ChosenEmbedder) -> None:
        self._shelf = shelf
        self._entries = Entries()
        self._warm: OrderedDict[str, Record] = OrderedDict()
        self._bounds = Bounds()
        self._chores = Chores("semantic-cache")
        self._learning = Learning(shelf, self._chores)
        self._filling: asyncio.Task[None] | None = None
        self._tidied_s = time.monotonic()
        self._vectors = Vectors(embedding, self._refill)

    def __len__(self) -> int:
        return len(self._entries)

    def start(self) -> None:
        """Read what is there, in the background, and begin to keep."""
        self._chores.add(self._load)
        self._chores.start()

    def bound(self, bounds: Bounds) -> None:
        """Keep within other bounds from now on."""
        if bounds != self._bounds:
            self._bounds = bounds
            self._chores.add(self._tidy)

    async def settled(self) -> None:
        """Wait until nothing is left to be done behind what serves."""
        await self._chores.done()
        if self._filling is not None:
            await asyncio.gather(self._filling, return_exceptions=True)
        await self._chores.done()

    async def close(self) -> None:
        """Finish writing, then let go."""
        if self._filling is not None:
            self._filling.cancel()
        await self._chores.close()
        await asyncio.to_thread(self._shelf.close)

    def alike(self, question: Question, ttl_s: float) -> tuple[Entry, ...]:
        """Return what the guard lets pass and is not too old, the latest first."""
        found = self._entries.alike(question)
        if not found:
            return ()
        oldest_s = time.time() - ttl_s
        return tuple(entry for entry in found if entry.kept_at_s >= oldest_s)

    async def record(self, entry: Entry) -> Record | None:
        """Return an entry's words and answer; what lies on the disk is read off the loop."""
        warm = self._warm.get(entry.key)
        if warm is not None:
            return warm
        record = await self._read(entry.key)
        if record is None:
            self._forget([entry.key])
        elif entry.key in self._entries:
            self._warmed(entry.key, record)
        return record

    def score(self, entry: Entry, embedding: Embedding) -> float | None:
        """Return the cosine with a kept question; None where it has no vector."""
        return self._vectors.score(entry.key, embedding)

    def least(self, question: Question) -> float:
        """Return the cosine that such words need, by what went wrong before."""
        return self._learning.least(question)

    def keep(
        self, question: Question, answer: KeptAnswer, source: str, embedding: Embedding | None
    ) -> None:
        """Keep an answer, a moment later; while too many wait, this one is not."""
        if self._chores.is_full:
            _log.warning("an answer is not kept: too many wait")
            return
        vector = packed(embedding) if embedding is not None else None
        record = Record(source, question.scope, question.sharer, question.text, answer, vector)
        self._chores.add(lambda: self._keep(record))

    def note_hit(self, request: str, hit: HitRecord) -> None:
        """Remember which entry has answered a call, in case it was wrong."""
        self._entries.touch(hit.entry)
        self._learning.note(request, hit)

    async def hit(self, request: str) -> HitRecord | None:
        """Return how a call was answered from here; None where it was not."""
        return await self._learning.hit(request)

    async def reject(self, request: str, caller: str | None = None) -> Rejection | None:
        """Take an answer back that was wrong, and ask more of such words from now on.

        With a `caller` only its own calls count. None where there was no such hit.
        """
        hit = await self._learning.hit(request)
        if hit is None or (caller is not None and hit.caller != caller):
            return None
        self._forget([hit.entry])
        return Rejection(request, self._learning.learn(request, hit))

    def clear(self) -> int:
        """Forget everything, what was learnt too; say how many answers there were."""
        keys = self._entries.keys()
        self._forget(keys)
        self._learning.clear()
        return len(keys)

    async def _load(self) -> None:
        """Read the shelf; the index is whole when this ends."""
        began_s = time.monotonic()
        await asyncio.to_thread(self._shelf.open)
        items = self._shelf.items()
        while (found := await asyncio.to_thread(next_of, items, _READ_AT_ONCE)) is not None:
            for finding in found:
                match finding:
                    case Entry() if finding.key not in self._entries:
                        self._dropped(self._entries.add(finding))
                    case HitFound(request):
                        self._learning.found_hit(request)
                    case LessonFound(lesson, least):
                        self._learning.found_lesson(lesson, least)
        await self._tidy()
        self._refill()
        took_s = time.monotonic() - began_s
        _log.info("the semantic cache holds %d answers (%.1f s)", len(self._entries), took_s)

    async def _keep(self, record: Record) -> None:
        embedding = self._vectors.unpacked(record)
        if embedding is None:
            made = await self._vectors.made(record.text)
            embedding = made if isinstance(made, Embedding) else None
            record = replace(record, vector=packed(embedding) if embedding is not None else None)
        data = await asyncio.to_thread(record.written)
        entry = entry_of(secrets.token_hex(8), record, len(data))
        self._dropped(self._entries.add(entry) + self._entries.beyond(self._bounds))
        if embedding is not None and entry.key in self._entries:
            self._vectors.put(entry.key, embedding)
        self._warmed(entry.key, record)
        await asyncio.to_thread(self._shelf.write, ENTRY + entry.key, data)
        if time.monotonic() - self._tidied_s > _TIDY_EVERY_S:
            await self._tidy()

    async def _tidy(self) -> None:
        self._tidied_s = time.monotonic()
        gone = self._entries.older_than(time.time() - self._bounds.ttl_s)
        self._dropped(gone + self._entries.beyond(self._bounds))

    def _forget(self, keys: Iterable[str]) -> None:
        found = [self._entries.remove(key) for key in keys]
        self._dropped([entry for entry in found if entry is not None])

    def _dropped(self, gone: list[Entry]) -> None:
        """Let the rest of the house follow what the index has let go."""
        if not gone:
            return
        keys = [entry.key for entry in gone]
        self._vectors.remove(keys)
        for key in keys:
            self._warm.pop(key, None)

        async def remove() -> None:
            await asyncio.to_thread(self._shelf.remove, [ENTRY + key for key in keys])

        self._chores.add(remove)

    def _warmed(self, key: str, record: Record) -> None:
        self._warm[key] = record
        self._warm.move_to_end(key)
        while len(self._warm) > _WARM:
            self._warm.popitem(last=False)

    async def _read(self, key: str) -> Record | None:
        data = await asyncio.to_thread(self._shelf.read, ENTRY + key)
        return read_record(data) if data is not None else None

    def _refill(self) -> None:
        """Make the vectors that are missing, at leisure."""
        if self._filling is not None:
            self._filling.cancel()
        self._filling = asyncio.create_task(self._fill(), name="semantic-cache-vectors")

    async def _fill(self) -> None:
        for key in self._entries.keys():  # noqa: SIM118 - a copy: it changes meanwhile
            if key in self._vectors or self._vectors.model_id is None:
                continue
            record = await self._read(key)
            if record is None or key not in self._entries:
                continue
            kept = self._vectors.unpacked(record)
            if kept is not None:
                self._vectors.put(key, kept)
            else:
                await self._embed(key, record)

    async def _embed(self, key: str, record: Record) -> None:
        made = await self._vectors.made(record.text)
        if not isinstance(made, Embedding) or key not in self._entries:
            return
        self._vectors.put(key, made)
        written = replace(record, vector=packed(made)).written()
        self._chores.add(lambda: self._rewrite(key, written))

    async def _rewrite(self, key: str, data: bytes) -> None:
        # In its turn: what was let go meanwhile must not come back.
        if key in self._entries:
            await asyncio.to_thread(self._shelf.write, ENTRY + key, data)


def nothing_kept() -> SimilarCache:
    """Return a cache for whoever wants none: without a disk, without a model, never started."""
    return SimilarCache(MemoryShelf(), ChosenEmbedder(Path()))
