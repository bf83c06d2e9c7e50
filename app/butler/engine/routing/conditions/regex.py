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
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only, refuse

_MAX_PATTERN_CHARS = 1000
_MAX_TEXT_CHARS = 20_000
_MAX_SHOWN_CHARS = 60


@dataclass(frozen=True, slots=True)
class RegexCondition:
    """Holds when the pattern is found in the user's words; long ones by their head and tail."""

    pattern: Any
    source: str

    def match(self, call: Call) -> Match | None:
        """Search the user's words as they were written."""
        found = self.pattern.search(_bounded(call.known.ask))
        if found is None:
            return None
        words = found.group()[:_MAX_SHOWN_CHARS]
        return Match(f"matches /{self.source[:_MAX_SHOWN_CHARS]}/", (words,) if words else ())


def _bounded(text: str) -> str:
    if len(text) <= _MAX_TEXT_CHARS:
        return text
    half = _MAX_TEXT_CHARS // 2
    return text[:half] + "\n" + text[-half:]


def read(spec: Mapping[str, Any], _: Compiling) -> RegexCondition:
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
    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.log_errors = False
    try:
        return RegexCondition(re2.compile(source, options), source)
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
