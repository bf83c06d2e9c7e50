"""Condition `regex`: a pattern in what the user said, by an engine whose time is linear.

RE2 guarantees time linear in the text for every pattern (R. Cox, "Regular Expression Matching
in the Wild", 2010), so no rule can stall a call; back-references and look-around do not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import re2  # type: ignore[import-untyped]

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.clues import Clues, clues
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only, refuse
from butler.engine.routing.patterns import Patterns

_MAX_PATTERN_CHARS = 1000
# Linear time is this many steps per character at worst: 40 ms for the longest text.
_MAX_PROGRAM_STEPS = 6_000
_MAX_SHOWN_CHARS = 60


@dataclass(frozen=True, slots=True)
class RegexCondition:
    """Holds when the pattern is found in the user's words; long ones by their head and tail."""

    pattern: Any
    patterns: Patterns

    def match(self, call: Call) -> Match | None:
        """Search the user's words as they were written."""
        found = self.patterns.find(self.pattern, call.known)
        if found is None:
            return None
        # The pattern is the owner's, what it found is the prompt's: that stays out of the trace.
        return Match(f"matches /{self.pattern.pattern[:_MAX_SHOWN_CHARS]}/")

    def clues(self) -> Clues:
        """The pattern itself: whether it is possible at all."""
        return clues(self.patterns, (self.pattern,))


def read(spec: Mapping[str, Any], compiling: Compiling) -> RegexCondition:
    """Read `{"pattern": "…", "ignore_case": true}`."""
    only(spec, "pattern", "ignore_case")
    source = spec.get("pattern")
    if not isinstance(source, str) or not source:
        raise refuse("pattern", "`pattern` must be some text.", "Like (?:fix|repair) the build.")
    if len(source) > _MAX_PATTERN_CHARS:
        raise refuse(
            "pattern", "The pattern is too long.", f"At most {_MAX_PATTERN_CHARS} characters."
        )
    ignore_case = spec.get("ignore_case", True)
    if not isinstance(ignore_case, bool):
        raise refuse(
            "ignore_case", "`ignore_case` must be true or false.", "It is true by default."
        )
    pattern = _compile(source, ignore_case)
    if pattern.programsize > _MAX_PROGRAM_STEPS:
        raise refuse(
            "pattern",
            "The pattern is too large once its repetitions are written out.",
            "Repeat less often, or without a limit: * and + cost nothing.",
        )
    compiling.patterns.add(pattern)
    return RegexCondition(pattern, compiling.patterns)


def _compile(source: str, ignore_case: bool) -> Any:
    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.log_errors = False
    try:
        return re2.compile(source, options)
    except re2.error as error:
        why = error.args[0] if error.args else "not a pattern"
        why = why.decode(errors="replace") if isinstance(why, bytes) else str(why)
        raise refuse(
            "pattern",
            f"The pattern can not be read: {why}.",
            "Back-references and look-around do not exist here.",
        ) from None


KIND = ConditionKind(
    kind="regex",
    title="Pattern",
    fields=(
        Field("pattern", "matches", type="regex", required=True),
        Field("ignore_case", "ignore case", type="bool", default="true"),
    ),
    cost=20,
    read=read,
)
