"""Condition `thinking`: whether the client asks the model to think first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only

_NOT_ASKED = frozenset({"none", "disabled", "off"})


@dataclass(frozen=True, slots=True)
class ThinkingCondition:
    """Holds when thinking is asked for, or is not."""

    wanted: bool

    def match(self, call: Call) -> Match | None:
        """Read the request's own word for it."""
        word = call.known.thinking
        asked = word is not None and word.lower() not in _NOT_ASKED
        if asked is not self.wanted:
            return None
        return Match(f"asks to think ({str(word)[:40]})" if asked else "does not ask to think")

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], _: Compiling) -> ThinkingCondition:
    """Read `{"value": true}`."""
    only(spec, "value")
    return ThinkingCondition(reading.flag(spec, "value", default=True))


KIND = ConditionKind(
    kind="thinking",
    title="Thinking",
    fields=(Field("value", "is asked for", type="bool", default="true"),),
    cost=2,
    read=read,
)
