"""Reads the sentences of a prompt by the cue sheets: openings, phrases, and what is to be made."""

import re
from itertools import islice
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task.cues.verbs import (
    BARE_JOINS,
    LEADS,
    MAKING,
    MAKING_ZH,
    PHRASE_ENDS,
    PHRASE_JOINS,
    POINTING,
    POLITE,
    POLITE_QUESTIONS,
    PURPOSE_ZH,
    QUESTION_WORDS,
)
from butler.engine.signals.task.evidence import Evidence
from butler.engine.signals.task.passages import Sentence
from butler.engine.signals.task.script import is_cjk
from butler.engine.signals.task.sheet import Sheet
from butler.engine.signals.task.words import Found, Lexicon, split_words

_POLITE_WORDS: Final = 14
_OBJECT_WORDS: Final = 10
_BARE_WORDS: Final = 16
_BARE_WITHIN: Final = 4
_BARE_SHARE: Final = 0.8
_OBJECT_SIGNS: Final = 50
_ORDERS_ZH: Final = 6
# An order in the second sentence is as good as in the first; only deep inside it counts less.
_FULL_FROM: Final = 0.5

_MAKING_ZH: Final = re.compile(MAKING_ZH)
_CLAUSE_END_ZH: Final = re.compile(r"[，,；;（(]")
_PURPOSE_ZH: Final = re.compile(PURPOSE_ZH)


class Reader:
    """The compiled sheets, and the reading of one sentence by them."""

    def __init__(self, sheets: tuple[Sheet, ...]) -> None:
        self._opens = Lexicon((sheet.task, sheet.opens) for sheet in sheets)
        self._says = Lexicon((sheet.task, sheet.says) for sheet in sheets)
        self._makes = Lexicon((sheet.task, sheet.makes) for sheet in sheets)

    def read(self, sentence: Sentence, evidence: Evidence) -> bool:
        """Notes all that the sentence says; true where it begins with an order."""
        words = split_words(sentence.text)
        opening = _after_politeness(words)
        found = self._opens.at_word(words, opening) if opening < len(words) else None
        if found:
            _note(found, _share(sentence.weight), evidence)
        if opening and (greeting := self._opens.at_word(words, 0)):
            _note(greeting, sentence.weight, evidence)
        self._read_phrases(words, sentence.weight, evidence)
        ordered = self._read_orders(words, opening, sentence.weight, evidence)
        if not (found or ordered) and sentence.weight == 1:
            self._read_bare_object(words, opening, evidence)
        return (
            self._read_chinese_orders(sentence, evidence)
            or ordered
            or (
                found is not None
                and words[opening] not in QUESTION_WORDS
                and any(weight > 0 and task is not Task.CHAT for task, weight in found.weights)
            )
        )

    def _read_phrases(self, words: list[str], weight: float, evidence: Evidence) -> None:
        place = 0
        while place < len(words):
            word = words[place]
            if is_cjk(word[0]):
                for found in self._says.in_run(word):
                    _note(found, weight, evidence)
            elif said := self._says.at_word(words, place):
                _note(said, weight, evidence)
                place = said.end
                continue
            place += 1

    def _read_orders(
        self, words: list[str], opening: int, weight: float, evidence: Evidence
    ) -> bool:
        """Finds "write a …", "I need you to create …" and notes what is to be made."""
        ordered = False
        for place, word in enumerate(words):
            if word not in MAKING:
                continue
            if place and place != opening and words[place - 1] not in LEADS:
                continue
            if made := self._object_after(words, place + 1):
                _note(made, _share(weight), evidence, f"{word} … {made.phrase}")
                ordered = True
        return ordered

    def _read_bare_object(self, words: list[str], opening: int, evidence: Evidence) -> None:
        """Takes "a poem for my mom" for "write a poem for my mom"."""
        if len(words) > _BARE_WORDS:
            return
        for place in range(opening, min(opening + _BARE_WITHIN, len(words))):
            if words[place] in POINTING:
                return
            made = self._makes.at_word(words, place)
            if made and words[made.end : made.end + 1] and words[made.end] in BARE_JOINS:
                _note(made, _BARE_SHARE, evidence)
                return

    def _object_after(self, words: list[str], place: int) -> Found | None:
        """The head of the first noun phrase that is known: "story outline" is an outline."""
        best: Found | None = None
        stop = min(place + _OBJECT_WORDS, len(words))
        while place < stop:
            word = words[place]
            if word == "into":
                best = None
            elif word in PHRASE_ENDS:
                if best or word not in PHRASE_JOINS:
                    return best
            elif found := self._makes.at_word(words, place):
                best = found
                place = found.end
                continue
            place += 1
        return best

    def _read_chinese_orders(self, sentence: Sentence, evidence: Evidence) -> bool:
        text = sentence.text
        for order in islice(_MAKING_ZH.finditer(text), _ORDERS_ZH):
            clause = text[order.end() : order.end() + _OBJECT_SIGNS]
            if made := self._chinese_object(_CLAUSE_END_ZH.split(clause, maxsplit=1)[0]):
                _note(made, _share(sentence.weight), evidence, f"{order.group()}…{made.phrase}")
                return True
        return False

    def _chinese_object(self, clause: str) -> Found | None:
        """What is made: in Chinese the head comes last, after 的, but before its purpose."""
        best: Found | None = None
        for found in self._makes.in_run(clause):
            if best is not None:
                between = clause[best.end : found.start]
                if (between and "的" not in between) or _PURPOSE_ZH.search(between):
                    break
            best = found
        return best


def _after_politeness(words: list[str]) -> int:
    """The place of the first word that matters; a question ("is there …") begins with its own."""
    if words and words[0] in QUESTION_WORDS and words[0] not in POLITE_QUESTIONS:
        return 0
    place = 0
    while place < min(len(words), _POLITE_WORDS) and words[place] in POLITE:
        place += 1
    return place


def _share(weight: float) -> float:
    """What an order counts in a sentence of this weight."""
    return 1.0 if weight >= _FULL_FROM else weight


def _note(found: Found, share: float, evidence: Evidence, what: str | None = None) -> None:
    for task, weight in found.weights:
        evidence.add(task, weight * share, what or found.phrase)
