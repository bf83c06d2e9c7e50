"""What one tool injects: a mark by which it is found at once, and what is overlooked of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Injection:
    """One kind of injected text.

    `mark` stands in every body that holds it. `pattern` finds what changes from call to call,
    and nothing beside it: a working directory or a branch matters to the answer and stays.
    `is_time` marks dates and hours, which count where the user asks about them.
    """

    mark: bytes
    pattern: re.Pattern[str]
    is_time: bool = False

    def rewrite(self) -> Callable[[str], str]:
        """Return what takes it out of a text; the very same text comes back where it is not."""
        mark = self.mark.decode()

        def without(text: str) -> str:
            return self.pattern.sub("", text) if mark in text else text

        return without
