"""Condition `budget`: how much of a budget is spent; reserved, so that rules can name it.

Budgets are not kept yet: the condition is read and checked, never holds, and is reported as
one that can not hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, only

_STATES = ("ok", "warned", "spent")


@dataclass(frozen=True, slots=True)
class BudgetCondition:
    """Never holds, while there are no budgets."""

    states: tuple[str, ...]

    def match(self, _call: Call) -> None:
        """Hold never."""

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], _: Compiling) -> BudgetCondition:
    """Read `{"states": ["ok", "warned", "spent"]}`."""
    only(spec, "states")
    return BudgetCondition(reading.chosen(spec, "states", _STATES))


KIND = ConditionKind(
    kind="budget",
    title="Budget",
    fields=(Field("states", "is", type="choices:" + ",".join(_STATES), required=True),),
    cost=0,
    read=read,
)
