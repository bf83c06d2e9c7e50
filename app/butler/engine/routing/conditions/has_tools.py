"""Condition `has_tools`: whether the model may call tools."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only


@dataclass(frozen=True, slots=True)
class HasToolsCondition:
    """Holds when the request brings tools, or brings none."""

    wanted: bool

    def match(self, call: Call) -> Match | None:
        """Look whether there are any."""
        if call.known.has_tools is not self.wanted:
            return None
        return Match("brings tools" if self.wanted else "brings no tools")

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], _: Compiling) -> HasToolsCondition:
    """Read `{"value": true}`."""
    only(spec, "value")
    return HasToolsCondition(reading.flag(spec, "value", default=True))


KIND = ConditionKind(
    kind="has_tools",
    title="Tools",
    fields=(Field("value", "are there", type="bool", default="true"),),
    cost=1,
    read=read,
)
