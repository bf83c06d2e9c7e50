"""Condition `contains_secrets`: keys, passwords or personal data, looked for on this machine.

A privacy condition: while it holds, no target may see the call but those of its rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only
from butler.engine.signals.sensitive import Sensitive

_KINDS = tuple(kind.value for kind in Sensitive)


@dataclass(frozen=True, slots=True)
class SecretsCondition:
    """Holds when the request holds at least one of these kinds of private things."""

    kinds: frozenset[str]

    def match(self, call: Call) -> Match | None:
        """Name the kinds that were found, never what was found."""
        found = sorted(self.kinds & call.known.sensitive)
        if not found:
            return None
        named = " and ".join(Sensitive(kind).words for kind in found)
        return Match(f"holds {named}", tuple(found), private=True)

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], _: Compiling) -> SecretsCondition:
    """Read `{"kinds": ["api_key", "email", …]}`; every kind by default."""
    only(spec, "kinds")
    kinds = reading.chosen(spec, "kinds", _KINDS) if "kinds" in spec else _KINDS
    return SecretsCondition(frozenset(kinds))


KIND = ConditionKind(
    kind="contains_secrets",
    title="Secrets and personal data",
    fields=(Field("kinds", "holds", type="choices:" + ",".join(_KINDS)),),
    cost=40,
    read=read,
    private=True,
)
