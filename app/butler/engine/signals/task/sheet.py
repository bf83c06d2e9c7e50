"""The form in which the cues of one task are written down."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import re2  # type: ignore[import-untyped]

from butler.contract.tasks import Task

_LONG = 1_200
"""From here on RE2's speed makes up for the cost of calling it."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Phrases of one weight, separated by commas or line ends; English in lower case, Chinese
    simplified.

    An English noun also stands for its plural in -s. A weight says how much one phrase counts
    for the task: 4 decides alone, 2 leans, 0.5 hints, below 0 speaks against it. Where a longer
    phrase stands, the shorter ones in it are not counted: weight 0 thus silences a phrase that
    would mislead ("rust belt" beside "rust").
    """

    weight: float
    phrases: str

    def split(self) -> list[str]:
        """The single phrases."""
        parts = self.phrases.replace("\n", ",").split(",")
        return [phrase for part in parts if (phrase := " ".join(part.split()))]


@dataclass(frozen=True, slots=True)
class Mark:
    """A regular expression over the text as it was written, code and quotations included.

    With `in_ask` it is tried on the sentences near either end only, in lower case and without
    quotations: for forms that the material of a prompt may hold as well.
    `needs` are literals of which one has to stand in the text before the expression is tried:
    they keep a classifier with many marks quick.
    """

    name: str
    weight: float
    pattern: re.Pattern[str]
    needs: tuple[str, ...] = ()
    in_ask: bool = False

    def found_in(self, text: str) -> bool:
        """Whether the mark stands anywhere in `text`."""
        if self.needs:
            # A loop, not `any`: this is asked for every mark of every prompt.
            for literal in self.needs:
                if literal in text:
                    break
            else:
                return False
        search = _quick_search(self.pattern) if len(text) >= _LONG else self.pattern.search
        return search(text) is not None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that speaks for, or against, one task.

    - `opens`: English verbs and openings, counted where a sentence begins with them, politeness
      aside ("could you please …");
    - `says`: counted anywhere in the user's sentences, English and Chinese;
    - `makes`: things that are asked for with a verb of making ("write a …", "写一首…");
    - `marks`: patterns of form.
    """

    task: Task
    opens: tuple[Cues, ...] = ()
    says: tuple[Cues, ...] = ()
    makes: tuple[Cues, ...] = ()
    marks: tuple[Mark, ...] = ()


@cache
def _quick_search(pattern: re.Pattern[str]) -> Callable[[str], object]:
    """Return the quickest search of a long text: RE2's, which is several times as fast where
    much nearly matches, unless the pattern looks around, which RE2 can not."""
    flags = "".join(
        letter
        for letter, flag in (("i", re.IGNORECASE), ("m", re.MULTILINE), ("s", re.DOTALL))
        if pattern.flags & flag
    )
    options = re2.Options()
    options.log_errors = False
    try:
        search = re2.compile(f"(?{flags}){pattern.pattern}" if flags else pattern.pattern, options)
    except re2.error:
        return pattern.search
    # Half of a surrogate pair, which Python's texts may hold, is nothing that UTF-8 can say.
    return lambda text: search.search(text.encode("utf-8", "replace"))
