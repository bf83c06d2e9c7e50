"""What the form of the whole says beyond its words: its length, its script, a passage it holds."""

import re
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task.evidence import Evidence
from butler.engine.signals.task.passages import Prompt
from butler.engine.signals.task.script import CJK
from butler.engine.signals.task.talk import read_chinese_talk, read_english_talk
from butler.engine.signals.task.word_problem import read_word_problem

_QUESTION_LINE: Final = re.compile(
    r"(?:(?:q|question|问题|问)\s*[:：]\s*)?(?:[^\n]{4,250}[?？]$"
    r"|(?:what|who|whose|when|where|why|how|which|did|does|is|was)\b[^\n]{8,200}$)"
)
_PASSAGE_CHARS: Final = 180
_PASSAGE_HAN: Final = 80
_PERSONS: Final = re.compile(r"\b(?:i|i'm|my|me|we|our|you|your)\b|[我你]")
_HAN: Final = re.compile(rf"[{CJK}]")
_LATIN_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")

_LONG_HAN: Final = 160
# Enough to tell the script, and whether a prompt is short enough for small talk.
_SAMPLE_CHARS: Final = 480


def read_forms(prompt: Prompt, ask: str, ordered: bool, evidence: Evidence) -> None:
    """`ask` is the first and last sentences; `ordered`, whether one begins with an order."""
    low = prompt.seen.lower()
    sample = low[:_SAMPLE_CHARS]
    han, words = len(_HAN.findall(sample)), len(_LATIN_WORD.findall(sample))
    read_word_problem(low, ask, evidence)
    _read_passage(low, evidence)
    if prompt.is_long or han >= _LONG_HAN:
        evidence.add(Task.SUMMARIZATION, 1.0, "long material")
        evidence.add(Task.ANALYSIS, 0.8, "long material")
        evidence.add(Task.CHAT, -4.0, "long material")
    elif han and han * 2 >= words:
        read_chinese_talk(low, han, evidence)
    elif words:
        read_english_talk(low, words, ordered, evidence)


def _read_passage(low: str, evidence: Evidence) -> None:
    """A question on a line of its own, before or after a passage that holds the answer."""
    first, _, rest = low.partition("\n")
    before, _, last = low.rstrip().rpartition("\n")
    for question, passage in ((first, rest), (last, before)):
        if _QUESTION_LINE.match(question.strip()) and _is_passage(passage):
            evidence.add(Task.ANALYSIS, 3.0, "a passage and a question about it")


def _is_passage(text: str) -> bool:
    """Whether `text` is prose long enough to hold an answer, and not a person's own story."""
    long = len(text) >= _PASSAGE_CHARS or len(_HAN.findall(text)) >= _PASSAGE_HAN
    return long and len(_PERSONS.findall(text)) * _PASSAGE_CHARS <= len(text)
