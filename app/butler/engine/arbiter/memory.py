"""What the arbiter has answered, by a digest of the question: the same prompt asks nobody."""

from collections import OrderedDict

from butler.engine.arbiter.answer import Answer

_MOST = 4_000


class Memory:
    """The latest answers of one model; it holds digests, no words."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._answers: OrderedDict[bytes, Answer] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: bytes) -> Answer | None:
        """Return what was answered, if it is still known."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: bytes, answer: Answer) -> None:
        """Remember an answer, and forget the one that was wanted longest ago."""
        self._answers[key] = answer
        self._answers.move_to_end(key)
        if len(self._answers) > self._most:
            self._answers.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        self._answers.clear()
