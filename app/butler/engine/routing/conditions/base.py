"""What a rule condition is: one small file that names its fields, reads them, and matches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from butler.contract.problems import Problem, ProblemCode
from butler.engine.call import Call, Target
from butler.engine.errors import ConfigError, problem
from butler.engine.providers.base import Field
from butler.engine.routing.clues import Clues
from butler.engine.routing.lexicon import Lexicon
from butler.engine.routing.patterns import Patterns


class Match(NamedTuple):
    """A condition holds: in words why, with the words of the request that matched.

    `private` says that it holds because of a privacy condition: the rule then binds the call.
    """

    reason: str
    words: tuple[str, ...] = ()
    score: float | None = None
    private: bool = False


class Condition(Protocol):
    """One compiled condition of one rule."""

    def match(self, call: Call) -> Match | None:
        """Say whether the condition holds for this call; None when not."""

    def clues(self) -> Clues | None:
        """Say what the condition can not hold without; None when that is nothing found by words."""


@dataclass(frozen=True, slots=True)
class Compiling:
    """What the conditions of one revision share while they are compiled.

    `target` is the first target of the rule that is being compiled: some conditions ask of it.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    patterns: Patterns = field(default_factory=Patterns)
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class ConditionKind:
    """A kind of condition: its form, and how one is read from its JSON form.

    `read` raises ConfigError naming the field that does not fit. `cost` orders the members of
    a group: cheap ones are asked first. A rule with a `private` condition binds every attempt.
    """

    kind: str
    title: str
    fields: tuple[Field, ...]
    cost: int
    read: Callable[[Mapping[str, Any], Compiling], Condition]
    private: bool = False


def refuse(field_name: str, detail: str, hint: str) -> ConfigError:
    """Return the error for a field that does not fit."""
    return ConfigError(_misfit(field_name, detail, hint))


def _misfit(field_name: str, detail: str, hint: str) -> Problem:
    return problem(ProblemCode.INVALID, detail, hint, field_name)


def only(spec: Mapping[str, Any], *allowed: str) -> None:
    """Raise ConfigError when a condition has a field that its kind does not know."""
    unknown = sorted(set(spec) - {"kind", *allowed})
    if unknown:
        raise refuse(
            unknown[0],
            f"A condition of kind {spec.get('kind')!r} has no field {unknown[0]!r}.",
            "It takes " + ", ".join(allowed) + ".",
        )
