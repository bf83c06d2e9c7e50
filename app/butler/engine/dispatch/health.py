"""What recent traffic has shown of the targets: latency, failures, and open breakers."""

from collections import deque

from butler.engine.call import Target
from butler.engine.dispatch.breaker import Breakers
from butler.engine.dispatch.courses import COURSES
from butler.engine.dispatch.signatures import Signatures
from butler.engine.errors import UpstreamError
from butler.engine.patience import Patience

_KEPT = 100
_FEWEST = 5


class Health:
    """Keeps the latest attempts of every target; lives as long as the process."""

    def __init__(self) -> None:
        self.breakers = Breakers()
        self.signatures = Signatures()
        self._latencies: dict[Target, deque[float]] = {}
        self._outcomes: dict[Target, deque[bool]] = {}

    def answered(self, target: Target, ttft_ms: float) -> None:
        """Note an answer and the time to its first content."""
        latencies = self._latencies.get(target)
        if latencies is None:
            latencies = self._latencies[target] = deque(maxlen=_KEPT)
        latencies.append(ttft_ms)
        self._note(target, answered=True)
        self.breakers.answered(target)

    def failed(self, target: Target, error: UpstreamError, patience: Patience) -> None:
        """Note a failure; one that is the request's own fault says nothing of the target."""
        if COURSES[error.kind].sick:
            self._note(target, answered=False)
            self.breakers.failed(target, error, patience)

    def _note(self, target: Target, *, answered: bool) -> None:
        outcomes = self._outcomes.get(target)
        if outcomes is None:
            outcomes = self._outcomes[target] = deque(maxlen=_KEPT)
        outcomes.append(answered)

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
        return self.breakers.keeps_away(target) is not None

    def signed(self, target: Target, signature: str) -> None:
        """Note that a target has signed, or sealed, a thought."""
        self.signatures.learn(signature, target)

    def signer(self, signature: str) -> Target | None:
        """Return who has signed a thought; None where nobody knows."""
        return self.signatures.signer(signature)
