"""What recent traffic has shown of the targets: latency and failures."""

from collections import deque

from butler.engine.call import Target

_KEPT = 100
_FEWEST = 5


class Health:
    """Keeps the latest attempts of every target; lives as long as the process."""

    def __init__(self) -> None:
        self._latencies: dict[Target, deque[float]] = {}
        self._outcomes: dict[Target, deque[bool]] = {}

    def answered(self, target: Target, ttft_ms: float) -> None:
        """Note an answer and the time to its first content."""
        self._latencies.setdefault(target, deque(maxlen=_KEPT)).append(ttft_ms)
        self._outcomes.setdefault(target, deque(maxlen=_KEPT)).append(True)

    def failed(self, target: Target) -> None:
        """Note a failure that is the target's, not the request's."""
        self._outcomes.setdefault(target, deque(maxlen=_KEPT)).append(False)

    def latency_ms(self, target: Target, percentile: int) -> float | None:
        """The time to the first content, of recent answers; None when there are too few."""
        found = sorted(self._latencies.get(target, ()))
        if len(found) < _FEWEST:
            return None
        return found[min(len(found) - 1, len(found) * percentile // 100)]

    def failure_rate(self, target: Target) -> float | None:
        """The share of recent attempts that failed; None when there are too few."""
        outcomes = self._outcomes.get(target, ())
        return None if len(outcomes) < _FEWEST else outcomes.count(False) / len(outcomes)

    def is_open(self, target: Target) -> bool:
        """Say whether the target's breaker keeps calls away from it."""
        return False
