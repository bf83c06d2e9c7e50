"""Condition `cost`: what the rule's first target (or a named one) costs, by its price."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from butler.engine.call import Call, Target
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only, refuse


@dataclass(frozen=True, slots=True)
class CostCondition:
    """Holds when the target costs at most so much for a million tokens; unpriced is not free."""

    target: Target | None
    max_input_usd: Decimal | None
    max_output_usd: Decimal | None
    unknown_holds: bool

    def match(self, call: Call) -> Match | None:
        """Compare the prices that are asked about."""
        price = call.runtime.facts(self.target).price if self.target else None
        pairs = [
            (price.input_usd if price else None, self.max_input_usd, "input"),
            (price.output_usd if price else None, self.max_output_usd, "output"),
        ]
        told = []
        for usd, most, side in pairs:
            if most is None:
                continue
            if usd is None and not self.unknown_holds:
                return None
            if usd is not None and usd > most:
                return None
            told.append(f"{side} ${usd:f}" if usd is not None else f"{side} unpriced")
        return Match(f"{self.target} costs {', '.join(told)} per 1M tokens")

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], compiling: Compiling) -> CostCondition:
    """Read `{"max_input_usd": 1, "max_output_usd": 5, "target": null, "unknown": "fails"}`."""
    only(spec, "max_input_usd", "max_output_usd", "target", "unknown")
    most = reading.dollars(spec, "max_input_usd"), reading.dollars(spec, "max_output_usd")
    if most == (None, None):
        raise refuse("max_input_usd", "A cost condition needs a bound.", 'Like "max_input_usd": 1.')
    unknown = reading.choice(spec, "unknown", ("holds", "fails"), "fails")
    return CostCondition(reading.target(spec, compiling.target), *most, unknown == "holds")


KIND = ConditionKind(
    kind="cost",
    title="Cost of the target",
    fields=(
        Field("max_input_usd", "input at most ($ per 1M tokens)", type="number"),
        Field("max_output_usd", "output at most ($ per 1M tokens)", type="number"),
        Field("target", "of", type="target"),
        Field("unknown", "without a price it", type="choice:holds,fails", default="fails"),
    ),
    cost=5,
    read=read,
)
