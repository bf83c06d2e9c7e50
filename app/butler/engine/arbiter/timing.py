"""How long the arbiter takes: the latest answers, measured to their end, late ones too."""

import math
from collections import deque

_KEPT = 64


class Timing:
    """The latest answers' milliseconds."""

    def __init__(self) -> None:
        self._ms: deque[float] = deque(maxlen=_KEPT)

    def add(self, ms: float) -> None:
        """Note one answer."""
        self._ms.append(ms)

    def clear(self) -> None:
        """Forget all: another model answers now."""
        self._ms.clear()

    @property
    def count(self) -> int:
        """How many answers the figures rest on."""
        return len(self._ms)

    def percentile(self, percent: int) -> float | None:
        """Return the time within which so many of a hundred answers came; None without any."""
        if not self._ms:
            return None
        rank = math.ceil(len(self._ms) * percent / 100)
        return sorted(self._ms)[max(0, rank - 1)]
