"""Condition `private`: holds always, and makes its rule one that binds every attempt.

So a rule can keep calls at its targets for other reasons than what they hold: by the token,
say, or by the calling tool.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only


@dataclass(frozen=True, slots=True)
class PrivateCondition:
    """Holds for every call."""

    def match(self, _call: Call) -> Match:
        """Hold."""
        return Match("is private", private=True)

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], _: Compiling) -> PrivateCondition:
    """Read `{}`."""
    only(spec)
    return PrivateCondition()


KIND = ConditionKind(kind="private", title="Private", fields=(), cost=0, read=read, private=True)
