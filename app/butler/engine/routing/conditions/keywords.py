"""Condition `keywords`: words in what the user said, in any script, whole or as part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.clues import Clues, clues
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only, refuse
from butler.engine.routing.lexicon import Keyword, Lexicon

_MODES = ("word", "substring")
_WORDS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class KeywordsCondition:
    """Holds when the user's words hold at least one of the keywords."""

    keywords: tuple[Keyword, ...]
    lexicon: Lexicon

    def match(self, call: Call) -> Match | None:
        """Look the keywords up among those that the one search for all rules has found."""
        found = self.lexicon.found_in(call.known)
        if found.isdisjoint(self.keywords):
            return None
        words = [keyword.text for keyword in self.keywords if keyword in found]
        return Match("says “" + "”, “".join(words[:_WORDS_SHOWN]) + "”", tuple(words))

    def clues(self) -> Clues:
        """One of the keywords."""
        return clues(self.lexicon, self.keywords, self.lexicon.asked(self.keywords))


def read(spec: Mapping[str, Any], compiling: Compiling) -> KeywordsCondition:
    """Read `{"words": [...], "match": "word" | "substring"}`."""
    only(spec, "words", "match")
    words = spec.get("words")
    if not isinstance(words, list) or not words:
        raise refuse("words", "`words` must hold at least one word.", 'Like ["refactor", "重构"].')
    if not all(isinstance(word, str) and word.strip() for word in words):
        raise refuse("words", "Every keyword must be some text.", "Remove the empty ones.")
    mode = spec.get("match", "word")
    if mode not in _MODES:
        raise refuse("match", f"{mode!r} is no way to match.", "It is word or substring.")
    whole = mode == "word"
    keywords = dict.fromkeys(compiling.lexicon.add(word, whole=whole) for word in words)
    return KeywordsCondition(tuple(keywords), compiling.lexicon)


KIND = ConditionKind(
    kind="keywords",
    title="Keywords",
    fields=(
        Field("words", "any of", type="words", required=True),
        Field("match", "as", type="choice:word,substring", default="word"),
    ),
    cost=10,
    read=read,
)
