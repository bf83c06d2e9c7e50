"""All patterns of all rules behind one search: most are ruled out by words they can not do without.

RE2 works out for every pattern which literal text must occur where it matches, and looks for all
these texts in one pass; only the patterns that are left over are searched for one by one.
Source: R. Cox, "Regular Expression Matching with a Trigram Index", 2012, and RE2's FilteredRE2.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

import re2  # type: ignore[import-untyped]

from butler.engine.call import FeaturesView

_MAX_TEXT_CHARS = 20_000
# What RE2 can not build within its memory rules nothing out, so no filter gets too much.
_BUNDLE_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is searched of one call, and the patterns that its words leave possible."""

    text: bytes
    possible: Set[object]


class Patterns:
    """The compiled patterns of one revision's rules; they are added first, then looked for."""

    def __init__(self) -> None:
        self._patterns: list[Any] = []
        self._bundles: tuple[_Bundle, ...] | None = None

    def add(self, pattern: Any) -> None:
        """Register a compiled pattern."""
        self._patterns.append(pattern)
        self._bundles = None

    def find(self, pattern: Any, features: FeaturesView) -> str | None:
        """Return the first stretch of the user's words that matches; of long ones head and tail."""
        seen = self._seen(features)
        if pattern not in seen.possible:
            return None
        found = pattern.search(seen.text)
        return None if found is None else found.group().decode(errors="replace")

    def found_in(self, features: FeaturesView) -> Set[object]:
        """Return the patterns whose literal text the user's words hold."""
        return self._seen(features).possible

    def _seen(self, features: FeaturesView) -> _Seen:
        return features.memo(self, lambda: self._look_at(features.ask))

    def _look_at(self, ask: str) -> _Seen:
        if self._bundles is None:
            self._bundles = tuple(self._bundled())
        text = _bounded(ask).encode(errors="replace")
        possible = {pattern for bundle in self._bundles for pattern in bundle.possible_in(text)}
        return _Seen(text, possible)

    def _bundled(self) -> "Iterator[_Bundle]":
        together: list[Any] = []
        chars = 0
        for pattern in self._patterns:
            if together and chars + len(pattern.pattern) > _BUNDLE_CHARS:
                yield _Bundle(together)
                together, chars = [], 0
            together.append(pattern)
            chars += len(pattern.pattern)
        if together:
            yield _Bundle(together)


class _Bundle:
    """Some patterns and the filter over the words that they need."""

    def __init__(self, patterns: list[Any]) -> None:
        self._patterns = patterns
        self._filter: Any = re2.Filter()
        for pattern in patterns:
            self._filter.Add(pattern.pattern, pattern.options)
        try:
            self._filter.Compile()
        except re2.error:
            self._filter = None

    def possible_in(self, text: bytes) -> list[Any]:
        if self._filter is None:
            return self._patterns
        return [self._patterns[place] for place in self._filter.Match(text, potential=True) or ()]


def _bounded(text: str) -> str:
    if len(text) <= _MAX_TEXT_CHARS:
        return text
    half = _MAX_TEXT_CHARS // 2
    return text[:half] + "\n" + text[-half:]
