"""All keywords of all rules in one automaton: one pass over the text finds every one of them.

Source: A. V. Aho and M. J. Corasick, "Efficient string matching", CACM 18(6), 1975. The time
grows with the text and the hits, not with the number of rules.
"""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from butler.engine.call import FeaturesView
from butler.engine.signals.text import fold, is_word


@dataclass(frozen=True, slots=True, eq=False)
class Keyword:
    """A keyword in folded form; `whole` asks for it as a word of its own.

    A lexicon holds each one once, so it is compared by identity: quicker, and asked often.
    """

    text: str
    whole: bool


class Lexicon:
    """The keywords of one revision's rules; words are added first, then looked for."""

    def __init__(self) -> None:
        self._words: dict[str, tuple[Keyword, Keyword]] = {}
        self._asked: Counter[Keyword] = Counter()
        self._built: tuple[AhoCorasick, tuple[tuple[Keyword, Keyword], ...]] | None = None

    def add(self, word: str, *, whole: bool) -> Keyword:
        """Register a keyword; the same word may stand in many rules."""
        text = fold(word)
        part, word_itself = self._words.setdefault(
            text, (Keyword(text, whole=False), Keyword(text, whole=True))
        )
        self._built = None
        keyword = word_itself if whole else part
        self._asked[keyword] += 1
        return keyword

    def asked(self, keywords: Iterable[Keyword]) -> int:
        """Return how often conditions have registered these."""
        return sum(self._asked[keyword] for keyword in keywords)

    def found_in(self, features: FeaturesView) -> Set[Keyword]:
        """Return the keywords that the user's words hold, computed once per call."""
        return features.memo(self, lambda: self._search(features.folded))

    def _search(self, text: str) -> Set[Keyword]:
        if self._built is None:
            # One assignment: another thread may be searching already.
            self._built = AhoCorasick(list(self._words)), tuple(self._words.values())
        automaton, words = self._built
        found: set[Keyword] = set()
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            part, word_itself = words[index]
            found.add(part)
            if word_itself not in found and is_word(text, start, end):
                found.add(word_itself)
        return found
