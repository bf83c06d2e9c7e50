"""Conditions on a name that a call has: one of these, `*` standing for any text, in any case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only
from butler.engine.routing.wildcards import Wildcards

Names = Callable[[Call], tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class NameCondition:
    """Holds when one of the names that a call has is like one of the wanted ones."""

    what: str
    wanted: Wildcards
    names: Names

    def match(self, call: Call) -> Match | None:
        """Compare; the name is what matched."""
        for name in self.names(call):
            if name is not None and self.wanted.match(name):
                return Match(f"{self.what} is {name[:80]}", (name[:80],))
        return None

    def clues(self) -> None:
        """Any words will do."""


def name_kind(kind: str, title: str, field_name: str, example: str, names: Names) -> ConditionKind:
    """Return the kind of condition that compares these names of a call."""

    def read(spec: Mapping[str, Any], _: Compiling) -> NameCondition:
        only(spec, field_name)
        wanted = Wildcards(reading.texts(spec, field_name, example))
        return NameCondition(title.lower(), wanted, names)

    fields = (Field(field_name, "is one of", type="names", required=True),)
    return ConditionKind(kind=kind, title=title, fields=fields, cost=4, read=read)
