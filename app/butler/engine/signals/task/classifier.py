"""Tells what a prompt asks for by hand-written cues: no model, no network, well under 1 ms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task.confidence import UNFOUNDED, confidence_of
from butler.engine.signals.task.cues import SHEETS
from butler.engine.signals.task.evidence import Evidence
from butler.engine.signals.task.forms import read_forms
from butler.engine.signals.task.passages import read_prompt
from butler.engine.signals.task.reading import Reader

_CUES: Final = 8
# Where nothing speaks, it is a general question.
_PRIORS: Final[Mapping[Task, float]] = MappingProxyType({Task.GENERAL: 1.2, Task.CHAT: 0.1})
# Question words above this score count a quarter, lest they outvote a subject.
_BENDS_AT: Final = 1.9
_BENT_SLOPE: Final = 0.25
# Once a long prompt has said what it wants, what follows is mostly material.
_AFTER_ORDER: Final = 0.5
_LEFTOVERS: Final = frozenset({Task.CHAT, Task.GENERAL})
_CHAT_BESIDE_SUBJECT: Final = 0.6
# A follow-up that says little by itself takes its task from the turns before it.
_WEAK_SCORE: Final = 3.0
_SHARES_OF_EARLIER: Final = (0.9, 0.45)
_SHARE_BESIDE_STRONG: Final = 0.25


@dataclass(frozen=True, slots=True)
class TaskGuess:
    """The task a prompt asks for.

    `confidence` is the calibrated chance, 0 to 1, that `task` is right; `scores` are the sums of
    weights behind it, with no unit; `cues` are up to eight findings that decided, for people.
    """

    task: Task
    confidence: float
    scores: Mapping[Task, float]
    cues: tuple[str, ...]


def classify(text: str, earlier: Sequence[str] = ()) -> TaskGuess:
    """The task of the user's own words; `earlier` turns, newest first, help a short follow-up.

    Only the beginning and the end of a long text are read.
    """
    own = _gather(text)
    scores = {task: own.score(task) + _PRIORS.get(task, 0.0) for task in Task}
    says_itself = max(score for task, score in scores.items() if task is not Task.GENERAL)
    share = 1.0 if says_itself < _WEAK_SCORE else _SHARE_BESIDE_STRONG
    before = [_gather(turn) for turn in earlier[: len(_SHARES_OF_EARLIER)]]
    for turn, part in zip(before, _SHARES_OF_EARLIER, strict=False):
        for task in Task:
            scores[task] += turn.score(task) * part * share
    _weigh_leftovers(scores)
    best = max(scores, key=scores.__getitem__)
    cues = next((shown for turn in (own, *before) if (shown := turn.strongest(best, _CUES))), ())
    confidence = confidence_of(scores) if cues else UNFOUNDED
    return TaskGuess(best, confidence, MappingProxyType(scores), cues)


def _weigh_leftovers(scores: dict[Task, float]) -> None:
    """Holds back chat and general, which are what remains where no subject speaks.

    All subjects are asked about, and what is pasted under an order is often somebody's talk.
    """
    general = scores[Task.GENERAL]
    scores[Task.GENERAL] = min(general, _BENDS_AT + (general - _BENDS_AT) * _BENT_SLOPE)
    subject = max(score for task, score in scores.items() if task not in _LEFTOVERS)
    if subject >= _WEAK_SCORE:
        scores[Task.CHAT] *= _CHAT_BESIDE_SUBJECT


def _gather(text: str) -> Evidence:
    evidence = Evidence()
    prompt = read_prompt(text)
    reader = _reader()
    ordered = False
    for sentence in prompt.sentences:
        if ordered and prompt.is_long:
            sentence = replace(sentence, weight=sentence.weight * _AFTER_ORDER)
        ordered = reader.read(sentence, evidence) or ordered
    ask = prompt.ask()
    for sheet in SHEETS:
        for mark in sheet.marks:
            if mark.found_in(ask if mark.in_ask else prompt.seen):
                evidence.add(sheet.task, mark.weight, mark.name)
    read_forms(prompt, ask, ordered, evidence)
    return evidence


@cache
def _reader() -> Reader:
    """Compiled at the first use: importing this module costs nothing."""
    return Reader(SHEETS)
