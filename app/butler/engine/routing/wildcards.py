"""Names compared with patterns in which `*` stands for any text, in any case."""

import re
from collections.abc import Iterable


class Wildcards:
    """Some patterns, compiled once; every other sign is a letter of names."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        folded = [pattern.casefold() for pattern in self.patterns]
        self._exact = frozenset(pattern for pattern in folded if "*" not in pattern)
        loose = [pattern for pattern in folded if "*" in pattern]
        self._loose = re.compile("|".join(map(_expression, loose)), re.DOTALL) if loose else None

    def match(self, name: str) -> bool:
        """Say whether a name is like one of the patterns."""
        folded = name.casefold()
        if folded in self._exact:
            return True
        return self._loose is not None and self._loose.fullmatch(folded) is not None


def _expression(pattern: str) -> str:
    # Neighbouring stars would try every way of sharing a text among them.
    return ".*".join(re.escape(part) for part in re.split(r"\*+", pattern))
