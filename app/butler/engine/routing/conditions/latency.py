"""Condition `latency`: how soon the rule's first target (or a named one) has answered lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call, Target
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only, refuse

_LONGEST_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class LatencyCondition:
    """Holds when a percentile of the time to the first content is low enough.

    While too few answers are known it holds unless it is told otherwise: a rule that waited
    for figures would keep the target from ever earning them.
    """

    target: Target | None
    percentile: int
    max_ms: float
    unknown_holds: bool

    def match(self, call: Call) -> Match | None:
        """Compare what recent traffic has shown."""
        if self.target is None:
            return None
        taken_ms = call.runtime.live.latency_ms(self.target, self.percentile)
        what = f"p{self.percentile} of {self.target}"
        if taken_ms is None:
            return Match(f"{what} is not known yet") if self.unknown_holds else None
        return Match(f"{what} is {taken_ms:.0f} ms") if taken_ms <= self.max_ms else None

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], compiling: Compiling) -> LatencyCondition:
    """Read `{"max_ms": 1500, "percentile": "p50" | "p95", "target": …, "unknown": "holds"}`."""
    only(spec, "max_ms", "percentile", "target", "unknown")
    max_ms = reading.number(spec, "max_ms", _LONGEST_MS)
    if max_ms is None:
        raise refuse("max_ms", "A latency condition needs a bound.", 'Like "max_ms": 1500.')
    percentile = reading.choice(spec, "percentile", ("p50", "p95"), "p95")
    unknown = reading.choice(spec, "unknown", ("holds", "fails"), "holds")
    about = reading.target(spec, compiling.target)
    return LatencyCondition(about, int(percentile[1:]), max_ms, unknown == "holds")


KIND = ConditionKind(
    kind="latency",
    title="Latency of the target",
    fields=(
        Field("max_ms", "at most (ms)", type="number", required=True),
        Field("percentile", "at", type="choice:p50,p95", default="p95"),
        Field("target", "of", type="target"),
        Field("unknown", "without figures it", type="choice:holds,fails", default="holds"),
    ),
    cost=6,
    read=read,
)
