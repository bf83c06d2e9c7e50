"""The phrases of all cue sheets, compiled into look-up tables.

Looking a phrase up costs the same however many there are, so the vocabularies may be as rich as
people are. English is read word by word. Chinese has no spaces, so it is read character by
character, and `\\b`, which never matches between two Chinese characters, plays no part.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task.script import CJK, is_cjk, simplify
from butler.engine.signals.task.sheet import Cues

Weights = tuple[tuple[Task, float], ...]

_WORD: Final = re.compile(
    rf"c\+\+|[cf]#|tl;dr|[^\W\d_{CJK}]+(?:['’][^\W\d_{CJK}]+)*\d*|\d+(?:[.,]\d+)*|[{CJK}]+|[,，、(（?？!！:：.]"
)
# The same for plain text, where the classes above take half as long again.
_ASCII_WORD: Final = re.compile(
    r"c\+\+|[cf]#|tl;dr|[A-Za-z]+(?:'[A-Za-z]+)*\d*|\d+(?:[.,]\d+)*|[,(?!:.]"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a table at `start` of what was read; `end` is past its last word."""

    phrase: str
    weights: Weights
    start: int
    end: int


class Lexicon:
    """Phrases with what each says for every task; the longest phrase at a place wins."""

    def __init__(self, groups: Iterable[tuple[Task, tuple[Cues, ...]]]) -> None:
        merged: dict[str, dict[Task, float]] = {}
        for task, cues in groups:
            for cue in cues:
                for phrase in cue.split():
                    merged.setdefault(simplify(phrase), {})[task] = cue.weight
        self._single: dict[str, tuple[str, Weights]] = {}
        self._longer: dict[str, list[tuple[list[str], str, Weights]]] = {}
        self._signs: dict[str, list[tuple[str, Weights]]] = {}
        for phrase, by_task in sorted(merged.items(), key=lambda item: -len(item[0])):
            weights = tuple(by_task.items())
            if is_cjk(phrase[0]):
                self._signs.setdefault(phrase[:2], []).append((phrase, weights))
            else:
                self._add_words(phrase, weights)

    def _add_words(self, phrase: str, weights: Weights) -> None:
        words = split_words(phrase)
        for last in (words[-1], words[-1] + "s"):
            if len(words) == 1:
                self._single.setdefault(last, (phrase, weights))
                continue
            form = [*words[:-1], last]
            self._longer.setdefault(" ".join(form[:2]), []).append((form[2:], phrase, weights))

    def at_word(self, words: list[str], place: int) -> Found | None:
        """The longest English phrase that begins with the word at `place`."""
        word = words[place]
        if place + 1 < len(words):
            after = place + 2
            for rest, phrase, weights in self._longer.get(f"{word} {words[place + 1]}", ()):
                if words[after : after + len(rest)] == rest:
                    return Found(phrase, weights, place, after + len(rest))
        if single := self._single.get(word):
            return Found(*single, place, place + 1)
        return None

    def in_run(self, run: str) -> Iterator[Found]:
        """The phrases of a stretch of Chinese, from left to right; places are characters."""
        place, signs = 0, self._signs
        while place < len(run):
            found = None
            for key in (run[place : place + 2], run[place]):
                for phrase, weights in signs.get(key, ()):
                    if run.startswith(phrase, place):
                        found = Found(phrase, weights, place, place + len(phrase))
                        break
                if found:
                    break
            if found:
                yield found
            place = found.end if found else place + 1


def split_words(text: str) -> list[str]:
    """Words, numbers, stretches of Chinese and the punctuation that ends a clause."""
    if text.isascii():
        return _ASCII_WORD.findall(text)
    return _WORD.findall(text.replace("’", "'"))
