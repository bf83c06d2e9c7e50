"""Learning from answers that were marked wrong: who was answered with what, and the raised bars."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence

from butler.engine.caches.similar.chores import Chores
from butler.engine.caches.similar.lessons import Lessons
from butler.engine.caches.similar.question import Question
from butler.engine.caches.similar.record import HitRecord, Lesson, read_hit
from butler.engine.caches.similar.shelf import HIT, LESSON, Shelf

_MOST_HITS = 5_000
_MOST_IN_MEMORY = 200


class Learning:
    """Remembers hits, so that one can be marked wrong; both lie sealed on the shelf."""

    def __init__(self, shelf: Shelf, chores: Chores) -> None:
        self._shelf = shelf
        self._chores = chores
        self._lessons = Lessons()
        self._requests: OrderedDict[str, HitRecord | None] = OrderedDict()

    def least(self, question: Question) -> float:
        """Return the cosine that such words need, by what went wrong before."""
        return self._lessons.least(question.lesson) if len(self._lessons) else 0.0

    def found_hit(self, request: str) -> None:
        """Note that a hit lies on the shelf."""
        self._requests.setdefault(request, None)

    def found_lesson(self, lesson: bytes, least: float) -> None:
        """Note a bar that lies on the shelf."""
        self._lessons.put(lesson, least)

    def note(self, request: str, hit: HitRecord) -> None:
        """Remember how a call was answered; the oldest is forgotten where there are too many."""
        self._requests[request] = hit
        gone = []
        while len(self._requests) > _MOST_HITS:
            gone.append(HIT + self._requests.popitem(last=False)[0])
        for old in list(self._requests)[-_MOST_IN_MEMORY - 1 : -_MOST_IN_MEMORY]:
            self._requests[old] = None
        self._write(HIT + request, hit.written(), gone)

    async def hit(self, request: str) -> HitRecord | None:
        """Return how a call was answered; None where that was not from here."""
        known = self._requests.get(request)
        if known is not None or request not in self._requests:
            return known
        # A record that is being written is there when its chore is done.
        await self._chores.done()
        data = await asyncio.to_thread(self._shelf.read, HIT + request)
        return read_hit(data) if data is not None else None

    def learn(self, request: str, hit: HitRecord) -> float:
        """Ask more of such words from now on; return the cosine that they need."""
        question = Question(hit.text, b"", hit.sharer)
        least = self._lessons.raised(question.lesson, hit.score)
        gone = [LESSON + key.hex() for key in self._lessons.put(question.lesson, least)]
        self._requests.pop(request, None)
        written = Lesson(hit.sharer, hit.text, least).written()
        self._write(LESSON + question.lesson.hex(), written, [*gone, HIT + request])
        return least

    def clear(self) -> None:
        """Forget every hit and every bar: their words lie on the shelf."""
        gone = [HIT + request for request in self._requests]
        gone += [LESSON + lesson.hex() for lesson in self._lessons.clear()]
        self._requests.clear()

        async def job() -> None:
            await asyncio.to_thread(self._shelf.remove, gone)

        self._chores.add(job)

    def _write(self, key: str, data: bytes, gone: Sequence[str]) -> None:
        def write() -> None:
            self._shelf.write(key, data)
            self._shelf.remove(gone)

        async def job() -> None:
            await asyncio.to_thread(write)

        self._chores.add(job)
