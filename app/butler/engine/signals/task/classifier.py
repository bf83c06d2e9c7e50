"""Tells what a prompt asks for: hand-written cues, and what its wording as a whole reads like.

No network and no neural model: well under 2 ms, whatever the prompt.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from butler.contract.places import resource
from butler.contract.tasks import Task
from butler.engine.signals.task.confidence import UNFOUNDED, confidence_of
from butler.engine.signals.task.cues import SHEETS
from butler.engine.signals.task.evidence import Evidence
from butler.engine.signals.task.forms import read_forms
from butler.engine.signals.task.passages import Prompt, read_prompt
from butler.engine.signals.task.reading import Reader

if TYPE_CHECKING:
    from butler.engine.signals.task.wording import Wording

_log = logging.getLogger(__name__)
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
# The wording counts less than it claims: it has seen some thousands of prompts, people write
# millions of others. Chosen on prompts of other sources than it was trained on.
_SHARE_OF_WORDING: Final = 0.5
# Long texts are searched by other means than short ones.
_TRIALS: Final = ("Write a function. 写一个函数。", "One of a thousand lines. 很多行之一。\n" * 100)
# The least that the wording has to say to be worth a mention, or to decide without any cue.
_WORTH_A_MENTION: Final = 1.0


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


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the user's, what was found in it, and what share of that counts."""

    prompt: Prompt
    evidence: Evidence
    share: float


def classify(text: str, earlier: Sequence[str] = ()) -> TaskGuess:
    """The task of the user's own words; `earlier` turns, newest first, help a short follow-up.

    Only the beginning and the end of a long text are read.
    """
    turns = read_turns(text, earlier)
    scores = cue_scores(turns)
    worded = _wording_scores(turns)
    for task, score in worded.items():
        scores[task] += score
    best = max(scores, key=scores.__getitem__)
    cues = next((shown for turn in turns if (shown := turn.evidence.strongest(best, _CUES))), ())
    if worded[best] >= _WORTH_A_MENTION and len(cues) < _CUES:
        cues = (*cues, f"it reads like {best}")
    if not cues:
        return TaskGuess(Task.GENERAL, UNFOUNDED, MappingProxyType(scores), ())
    return TaskGuess(best, confidence_of(scores), MappingProxyType(scores), cues)


def prepare() -> None:
    """Load and compile all that `classify` needs, so that no call waits for it."""
    for text in _TRIALS:
        classify(text)


def read_turns(text: str, earlier: Sequence[str] = ()) -> list[Turn]:
    """The turn that asks, and what counts of those before it."""
    own = _gather(text, 1.0)
    said = [own.evidence.score(task) + _PRIORS.get(task, 0.0) for task in Task]
    said_itself = max(
        score for task, score in zip(Task, said, strict=True) if task is not Task.GENERAL
    )
    share = 1.0 if said_itself < _WEAK_SCORE else _SHARE_BESIDE_STRONG
    before = zip(earlier, _SHARES_OF_EARLIER, strict=False)
    return [own, *(_gather(turn, part * share) for turn, part in before)]


def cue_scores(turns: Sequence[Turn]) -> dict[Task, float]:
    """What the cues alone say, by task."""
    scores = {
        task: sum(turn.evidence.score(task) * turn.share for turn in turns) + _PRIORS.get(task, 0.0)
        for task in Task
    }
    _weigh_leftovers(scores)
    return scores


def _wording_scores(turns: Sequence[Turn]) -> dict[Task, float]:
    total = dict.fromkeys(Task, 0.0)
    wording = _wording()
    if wording is None:
        return total
    for turn in turns:
        for task, score in wording.scores(turn.prompt).items():
            total[task] += _SHARE_OF_WORDING * turn.share * score
    return total


def _weigh_leftovers(scores: dict[Task, float]) -> None:
    """Holds back chat and general, which are what remains where no subject speaks.

    All subjects are asked about, and what is pasted under an order is often somebody's talk.
    """
    general = scores[Task.GENERAL]
    scores[Task.GENERAL] = min(general, _BENDS_AT + (general - _BENDS_AT) * _BENT_SLOPE)
    subject = max(score for task, score in scores.items() if task not in _LEFTOVERS)
    if subject >= _WEAK_SCORE:
        scores[Task.CHAT] *= _CHAT_BESIDE_SUBJECT


def _gather(text: str, share: float) -> Turn:
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
    return Turn(prompt, evidence, share)


@cache
def _reader() -> Reader:
    """Compiled at the first use: importing this module costs nothing."""
    return Reader(SHEETS)


@cache
def _wording() -> "Wording | None":
    """The trained weights; without them the cues decide alone."""
    from butler.engine.signals.task import wording  # noqa: PLC0415 - loads numpy

    try:
        return wording.read_wording(resource("models", "task"))
    except (OSError, ValueError) as error:
        _log.warning("Tasks are told by their cues alone: %s", error)
        return None
