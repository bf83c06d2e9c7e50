"""What the cache has learnt from answers that were marked wrong: some words need more likeness."""

from collections import OrderedDict

_MOST = 10_000
_SURE = 0.995
NEVER = 2.0
"""A bar that no cosine reaches: such words are answered anew."""


class Lessons:
    """The raised bars, by the lesson's key; each mistake halves what is left to go wrong."""

    def __init__(self) -> None:
        self._least: OrderedDict[bytes, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._least)

    def least(self, lesson: bytes) -> float:
        """Return the cosine that is needed at least; 0 where nothing went wrong yet."""
        return self._least.get(lesson, 0.0)

    def put(self, lesson: bytes, least: float) -> list[bytes]:
        """Note a bar; return what had to be forgotten for it."""
        self._least[lesson] = max(least, self.least(lesson))
        self._least.move_to_end(lesson)
        gone = []
        while len(self._least) > _MOST:
            gone.append(self._least.popitem(last=False)[0])
        return gone

    def clear(self) -> list[bytes]:
        """Forget everything; return what that was."""
        gone = list(self._least)
        self._least.clear()
        return gone

    def raised(self, lesson: bytes, score: float) -> float:
        """Return the bar after an answer at this cosine was wrong."""
        reached = max(score, self.least(lesson))
        least = reached + (1 - reached) / 2
        return NEVER if least > _SURE else least
