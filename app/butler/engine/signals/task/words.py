"""The phrases of all cue sheets compiled into look-up tables, and the reading of a sentence by them.

Looking a phrase up costs the same however many there are, so the vocabularies may be as rich as
people are. English is read word by word. Chinese has no spaces, so it is read character by
character, and `\\b`, which never matches between two Chinese characters, plays no part.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task.passages import CJK
from butler.engine.signals.task.sheet import Cues, Sheet

Weights = tuple[tuple[Task, float], ...]

_WORD: Final = re.compile(
    rf"c\+\+|[cf]#|tl;dr|[^\W\d_{CJK}]+(?:['’][^\W\d_{CJK}]+)*\d*|\d+(?:[.,]\d+)*|[{CJK}]+|[,，、(（?？!！:：.]"
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
                    merged.setdefault(phrase, {})[task] = cue.weight
        self._words: dict[str, list[tuple[tuple[str, ...], str, Weights]]] = {}
        self._signs: dict[str, list[tuple[str, Weights]]] = {}
        for phrase, by_task in sorted(merged.items(), key=lambda item: -len(item[0])):
            weights = tuple(by_task.items())
            if is_cjk(phrase[0]):
                self._signs.setdefault(phrase[:2], []).append((phrase, weights))
            else:
                words = tuple(split_words(phrase))
                self._words.setdefault(words[0], []).append((words, phrase, weights))

    def at_word(self, words: list[str], place: int) -> Found | None:
        """The longest English phrase that begins with the word at `place`."""
        word = words[place]
        for form in (word, word[:-1]) if word.endswith("s") else (word,):
            for wanted, phrase, weights in self._words.get(form, ()):
                end = place + len(wanted)
                if len(wanted) == 1 or (form == word and _same(words[place:end], wanted)):
                    return Found(phrase, weights, place, end)
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


def _same(words: list[str], wanted: tuple[str, ...]) -> bool:
    """Word for word, the last one also in the plural."""
    if len(words) != len(wanted):
        return False
    last = words[-1]
    return words[:-1] == list(wanted[:-1]) and (last == wanted[-1] or last == wanted[-1] + "s")


def is_cjk(sign: str) -> bool:
    """Whether a character belongs to a script written without spaces (or Hangul)."""
    return "\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af"


def split_words(text: str) -> list[str]:
    """Words, numbers, stretches of Chinese and the punctuation that ends a clause."""
    return _WORD.findall(text.replace("’", "'"))
