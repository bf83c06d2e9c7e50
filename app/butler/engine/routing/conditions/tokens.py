"""Condition `tokens`: the size of the whole request, estimated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only, refuse


@dataclass(frozen=True, slots=True)
class TokensCondition:
    """Holds when the estimated input lies within these bounds, both included."""

    minimum: int | None
    maximum: int | None

    def match(self, call: Call) -> Match | None:
        """Compare the estimate."""
        tokens = call.known.input_tokens
        if self.minimum is not None and tokens < self.minimum:
            return None
        if self.maximum is not None and tokens > self.maximum:
            return None
        return Match(f"about {tokens:,} tokens")

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], _: Compiling) -> TokensCondition:
    """Read `{"min": 10000}`, `{"max": 500}` or both."""
    only(spec, "min", "max")
    bounds: list[int | None] = []
    for name in ("min", "max"):
        value = spec.get(name)
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, int) or value < 0
        ):
            raise refuse(name, f"`{name}` must be a whole number of tokens.", "Like 10000.")
        bounds.append(value)
    low, high = bounds
    if low is None and high is None:
        raise refuse("min", "A size condition needs `min`, `max` or both.", 'Like {"min": 10000}.')
    if low is not None and high is not None and low > high:
        raise refuse("max", "`min` is greater than `max`: this can never match.", "Swap them.")
    return TokensCondition(low, high)


KIND = ConditionKind(
    kind="tokens",
    title="Size",
    fields=(
        Field("min", "at least (tokens)", type="number"),
        Field("max", "at most (tokens)", type="number"),
    ),
    cost=20,
    read=read,
)
