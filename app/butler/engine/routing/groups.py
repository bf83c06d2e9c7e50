"""Nested groups of conditions: `all`, `any`, `none`, read from a rule's `when`."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from butler.contract.problems import ProblemCode
from butler.engine.call import Call, Target
from butler.engine.errors import ConfigError, problem
from butler.engine.routing.clues import Clues, any_of, one_of
from butler.engine.routing.conditions.base import Compiling, Condition, ConditionKind, Match, refuse

_GROUPS = ("all", "any", "none")
_MAX_DEPTH = 8
_MAX_MEMBERS = 100


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every member holds."""

    members: tuple[Condition, ...]

    def match(self, call: Call) -> Match | None:
        """Ask the members in turn; the first that does not hold ends it."""
        matches: list[Match] = []
        for member in self.members:
            match = member.match(call)
            if match is None:
                return None
            matches.append(match)
        return joined(matches)

    def clues(self) -> Clues | None:
        """Those of one member: without it the group does not hold."""
        return one_of(member.clues() for member in self.members)


@dataclass(frozen=True, slots=True)
class Any_:
    """Holds when one member holds."""

    members: tuple[Condition, ...]

    def match(self, call: Call) -> Match | None:
        """Ask the members in turn; the first that holds speaks for the group."""
        for member in self.members:
            match = member.match(call)
            if match is not None:
                return match
        return None

    def clues(self) -> Clues | None:
        """Those of all members together."""
        return any_of(member.clues() for member in self.members)


@dataclass(frozen=True, slots=True)
class None_:
    """Holds when no member holds."""

    members: tuple[Condition, ...]

    def match(self, call: Call) -> Match | None:
        """Ask the members in turn; the first that holds ends it."""
        for member in self.members:
            if member.match(call) is not None:
                return None
        return Match("none of the exclusions")

    def clues(self) -> None:
        """It holds where nothing is found."""


def joined(matches: list[Match]) -> Match:
    """Return one match for several that hold together, the least sure of them speaking."""
    if len(matches) == 1:
        return matches[0]
    words = tuple(word for match in matches for word in match.words)
    scores = [match.score for match in matches if match.score is not None]
    reason = "; ".join(match.reason for match in matches)
    private = any(match.private for match in matches)
    return Match(reason, words, min(scores) if scores else None, private)


class GroupReader:
    """Reads `when` objects against the known kinds of conditions."""

    def __init__(self, kinds: Mapping[str, ConditionKind], compiling: Compiling) -> None:
        self._kinds = kinds
        self._compiling = compiling

    def about(self, target: Target | None) -> "GroupReader":
        """Return a reader for a rule whose first target this is."""
        return GroupReader(self._kinds, dataclasses.replace(self._compiling, target=target))

    def is_private(self, spec: object) -> bool:
        """Say whether a rule with this `when` may hold because of a privacy condition."""
        if not isinstance(spec, Mapping):
            return False
        kind = self._kinds.get(str(spec.get("kind")))
        if kind is not None:
            return kind.private
        return any(self.is_private(member) for member in _members(spec, "all", "any"))

    def read(self, spec: object, path: str = "when", depth: int = 0) -> Condition:
        """Compile a group or condition; raises ConfigError naming the place that does not fit."""
        if not isinstance(spec, Mapping):
            raise refuse(path, f"`{path}` must be a group or a condition.", _example())
        if depth > _MAX_DEPTH:
            raise refuse(path, "The groups are nested too deep.", f"At most {_MAX_DEPTH} levels.")
        names = [name for name in _GROUPS if name in spec]
        if "kind" in spec and not names:
            return self._condition(spec, path)
        if len(names) != 1 or len(spec) != 1:
            raise refuse(path, f"`{path}` must hold exactly one of all, any, none.", _example())
        return self._group(names[0], spec[names[0]], path, depth)

    def _group(self, name: str, members: object, path: str, depth: int) -> Condition:
        where = f"{path}.{name}"
        if not isinstance(members, list) or not members:
            raise refuse(where, f"`{where}` must hold at least one condition.", _example())
        if len(members) > _MAX_MEMBERS:
            raise refuse(where, f"`{where}` holds too many conditions.", f"At most {_MAX_MEMBERS}.")
        # Read before the costs are counted: a spec without end is refused on the way down.
        compiled = [
            (self.read(member, f"{where}[{index}]", depth + 1), self._cost(member, name))
            for index, member in enumerate(members)
        ]
        # `sorted` is stable: equal costs keep the owner's order.
        ordered = tuple(condition for condition, _ in sorted(compiled, key=lambda pair: pair[1]))
        if name == "all":
            return All(ordered)
        return Any_(ordered) if name == "any" else None_(ordered)

    def _cost(self, spec: object, group: str = "all") -> int:
        """Return the cost of a member: its kind's, or for a group the dearest inside.

        Where one member is enough, a private one is asked first: that it holds binds the call.
        """
        if not isinstance(spec, Mapping):
            return 0
        if group == "any" and self.is_private(spec):
            return -1
        kind = self._kinds.get(str(spec.get("kind")))
        if kind is not None:
            return kind.cost
        return max((self._cost(member) for member in _members(spec, *_GROUPS)), default=0)

    def _condition(self, spec: Mapping[str, Any], path: str) -> Condition:
        kind = self._kinds.get(str(spec["kind"]))
        if kind is None:
            known = ", ".join(sorted(self._kinds))
            raise ConfigError(
                problem(
                    ProblemCode.UNKNOWN_KIND,
                    f"{spec['kind']!r} is no kind of condition.",
                    f"The kinds are {known}.",
                    f"{path}.kind",
                )
            )
        try:
            return kind.read(spec, self._compiling)
        except ConfigError as error:
            first = error.problems[0]
            raise ConfigError(first.model_copy(update={"field": f"{path}.{first.field}"})) from None


def _members(spec: Mapping[str, Any], *groups: str) -> Iterator[object]:
    for name in groups:
        members = spec.get(name)
        if isinstance(members, list):
            yield from members


def _example() -> str:
    return 'Like {"all": [{"kind": "task", "tasks": ["coding"]}]}.'
