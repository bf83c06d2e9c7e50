"""Condition `health`: whether the rule's first target (or a named one) works, by live traffic."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call, Target
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only

_USUAL_RATE = 0.25


@dataclass(frozen=True, slots=True)
class HealthCondition:
    """Holds when the target is as asked: failing means an open breaker or too many failures."""

    target: Target | None
    wants_healthy: bool
    max_failure_rate: float

    def match(self, call: Call) -> Match | None:
        """Ask the breaker and the share of failures; of whom nothing is known is healthy."""
        if self.target is None:
            return None
        why = self._failing(call, self.target)
        if why is None:
            return Match(f"{self.target} is healthy") if self.wants_healthy else None
        return None if self.wants_healthy else Match(f"{self.target} {why}")

    def _failing(self, call: Call, target: Target) -> str | None:
        live = call.runtime.live
        if live.is_open(target):
            return "is kept away from by its breaker"
        rate = live.failure_rate(target)
        if rate is None or rate <= self.max_failure_rate:
            return None
        return f"failed {rate:.0%} of recent attempts"

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], compiling: Compiling) -> HealthCondition:
    """Read `{"state": "healthy" | "failing", "max_failure_rate": 0.25, "target": …}`."""
    only(spec, "state", "max_failure_rate", "target")
    state = reading.choice(spec, "state", ("healthy", "failing"), "healthy")
    rate = reading.number(spec, "max_failure_rate", 1, _USUAL_RATE)
    about = reading.target(spec, compiling.target)
    return HealthCondition(about, state == "healthy", _USUAL_RATE if rate is None else rate)


KIND = ConditionKind(
    kind="health",
    title="Health of the target",
    fields=(
        Field("state", "is", type="choice:healthy,failing", default="healthy"),
        Field("max_failure_rate", "failing above (share, 0 to 1)", type="number", default="0.25"),
        Field("target", "of", type="target"),
    ),
    cost=6,
    read=read,
)
