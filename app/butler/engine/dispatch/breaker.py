"""Breakers: calls are kept away from a target that keeps failing, and let back in with care."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from butler.engine.call import Target
from butler.engine.dispatch.courses import COURSES
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.patience import Patience
from butler.engine.providers.retry_after import seconds_of

_WINDOW_S = 60.0
_KEPT = 200
_LONGEST_COOLDOWN_S = 600.0
_LONGEST_RETRY_AFTER_S = 3600.0


@dataclass(frozen=True, slots=True)
class Standing:
    """A breaker that is not closed: since which failure, and how long it lets nobody in.

    With `left_s` at 0 it is half open: one call at a time may try. `opened` counts how often it
    has opened in a row.
    """

    target: Target
    kind: FailureKind
    reason: str
    left_s: float
    opened: int


@dataclass(slots=True)
class _Open:
    """What is known of a target whose breaker has opened."""

    until: float
    kind: FailureKind
    reason: str
    opened: int = 1
    probing: bool = False


@dataclass(slots=True)
class Breakers:
    """One breaker per target; they live as long as the process, whatever the rules become.

    `on_open` is told when one opens that was closed.
    """

    clock: Callable[[], float] = time.monotonic
    on_open: Callable[[Standing], None] | None = None
    _open: dict[Target, _Open] = field(default_factory=dict)
    _outcomes: dict[Target, deque[tuple[float, bool]]] = field(default_factory=dict)

    def keeps_away(self, target: Target) -> str | None:
        """Say why a call should not go to a target now; None where it may."""
        found = self._open.get(target)
        if found is None:
            return None
        left_s = found.until - self.clock()
        if left_s > 0:
            return f"kept away for another {left_s:.0f} s: {found.reason}"
        return f"another call is trying it: {found.reason}" if found.probing else None

    def begin(self, target: Target) -> bool:
        """Note that a call goes to a target; True when it is the probe of a half-open breaker."""
        found = self._open.get(target)
        if found is None or found.probing or found.until > self.clock():
            return False
        found.probing = True
        return True

    def end_probe(self, target: Target) -> None:
        """Let another call try, where the probe has ended without a result of its own."""
        found = self._open.get(target)
        if found is not None:
            found.probing = False

    def answered(self, target: Target) -> None:
        """Count an answer; it closes the breaker."""
        if self._open:
            self._open.pop(target, None)
        self._note(target, failed=False)

    def failed(self, target: Target, error: UpstreamError, patience: Patience) -> None:
        """Count a failure that is the target's own, and open the breaker where it is due."""
        course = COURSES[error.kind]
        if not course.sick or not patience.breaker_failures:
            return
        wait_s = seconds_of(error.retry_after) or 0.0
        too_long = wait_s * 1000 > patience.retry_time_ms
        outcomes = self._note(target, failed=True)
        found = self._open.get(target)
        if found is not None and found.until > self.clock():
            # Who named the model came in all the same; that is no reason to wait for longer.
            return
        if found or course.hopeless or too_long or _is_sick(outcomes, patience.breaker_failures):
            self._trip(target, error, patience, wait_s)

    def reset(self, target: Target | None = None) -> None:
        """Close a target's breaker and forget its failures; all of them without a target."""
        for each in [target] if target else [*self._open, *self._outcomes]:
            self._open.pop(each, None)
            self._outcomes.pop(each, None)

    def soonest(self, targets: Iterable[Target]) -> Target:
        """Return the target that would be let in first: the last resort when all are kept away."""
        return min(targets, key=lambda each: self._open[each].until if each in self._open else 0.0)

    def due_s(self, targets: Iterable[Target]) -> float:
        """Return the seconds until the first of these targets is let in; 0 where one is."""
        left_s = (
            self._open[each].until - self.clock() if each in self._open else 0.0 for each in targets
        )
        return max(0.0, min(left_s, default=0.0))

    def standings(self) -> list[Standing]:
        """Return the breakers that are not closed."""
        return [self._standing(target, found) for target, found in self._open.items()]

    def _standing(self, target: Target, found: _Open) -> Standing:
        left_s = max(0.0, found.until - self.clock())
        return Standing(target, found.kind, found.reason, left_s, found.opened)

    def _note(self, target: Target, *, failed: bool) -> deque[tuple[float, bool]]:
        outcomes = self._outcomes.get(target)
        if outcomes is None:
            outcomes = self._outcomes[target] = deque(maxlen=_KEPT)
        outcomes.append((self.clock(), failed))
        return outcomes

    def _trip(
        self, target: Target, error: UpstreamError, patience: Patience, wait_s: float
    ) -> None:
        before = self._open.get(target)
        opened = before.opened + 1 if before else 1
        # A shift by more than a few bits is cut off by the longest cooldown anyway.
        cooldown_s = patience.breaker_cooldown_ms / 1000 * 2 ** min(opened - 1, 20)
        cooldown_s = min(cooldown_s, _LONGEST_COOLDOWN_S)
        cooldown_s = max(cooldown_s, min(wait_s, _LONGEST_RETRY_AFTER_S))
        found = _Open(self.clock() + cooldown_s, error.kind, error.for_log, opened)
        self._open[target] = found
        if before is None and self.on_open is not None:
            self.on_open(self._standing(target, found))


def _is_sick(outcomes: deque[tuple[float, bool]], least: int) -> bool:
    since = outcomes[-1][0] - _WINDOW_S
    recent = [failed for at, failed in outcomes if at >= since]
    return recent.count(True) >= least and recent.count(True) * 2 >= len(recent)
