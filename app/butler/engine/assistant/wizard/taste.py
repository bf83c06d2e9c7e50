"""What counts for somebody: the spending and the order of aims, bent by each use case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from butler.contract.tasks import Task
from butler.contract.wizard import Aim, Spending, UseCase

TASKS: Mapping[UseCase, tuple[Task, ...]] = {
    UseCase.CODING: (Task.CODING,),
    UseCase.MATH: (Task.MATH,),
    UseCase.ANALYSIS: (Task.ANALYSIS,),
    UseCase.TRANSLATION: (Task.TRANSLATION,),
    UseCase.CREATIVE: (Task.CREATIVE,),
    UseCase.LONG_DOCUMENTS: (Task.SUMMARIZATION,),
    UseCase.CHAT: (Task.CHAT, Task.GENERAL),
}
"""Which tasks each use case is; in the order in which their rules are tried."""

_SPENDING: Mapping[Spending, Mapping[Aim, float]] = {
    Spending.SAVING: {Aim.COST: 0.65, Aim.QUALITY: 0.15, Aim.LATENCY: 0.2},
    Spending.BALANCED: {Aim.COST: 0.4, Aim.QUALITY: 0.4, Aim.LATENCY: 0.2},
    Spending.QUALITY: {Aim.COST: 0.1, Aim.QUALITY: 0.75, Aim.LATENCY: 0.15},
}
_BY_PLACE = (1.4, 1.0, 0.7)
_USUAL_ORDER = (Aim.QUALITY, Aim.COST, Aim.LATENCY)
_HARD = {Aim.QUALITY: 1.6, Aim.COST: 0.7, Aim.LATENCY: 0.5}
_LIGHT = {Aim.QUALITY: 0.6, Aim.COST: 1.5, Aim.LATENCY: 1.5}
_BENT: Mapping[UseCase, Mapping[Aim, float]] = {
    UseCase.CODING: _HARD,
    UseCase.MATH: _HARD,
    UseCase.ANALYSIS: {Aim.QUALITY: 1.4, Aim.COST: 0.8, Aim.LATENCY: 0.6},
    UseCase.TRANSLATION: _LIGHT,
    UseCase.CHAT: _LIGHT,
}
_THINKING: Mapping[UseCase, float] = {
    UseCase.MATH: 0.1,
    UseCase.CODING: 0.04,
    UseCase.ANALYSIS: 0.04,
}


@dataclass(frozen=True, slots=True)
class Taste:
    """The weights of the aims, which add up to one, and what a use case wants besides.

    `case` None is for calls of any kind, which lean to no side.
    """

    weights: Mapping[Aim, float]
    spending: Spending
    first: Aim
    case: UseCase | None = None
    thinking: float = 0.0


def taste(spending: Spending, aims: Sequence[Aim], case: UseCase | None = None) -> Taste:
    """Return what counts; aims that were not put in order follow in the usual one."""
    order = tuple(dict.fromkeys((*aims, *_USUAL_ORDER)))
    bent = _BENT.get(case, {}) if case is not None else {}
    raw = {
        aim: weight * _BY_PLACE[order.index(aim)] * bent.get(aim, 1.0)
        for aim, weight in _SPENDING[spending].items()
    }
    total = sum(raw.values())
    weights = {aim: weight / total for aim, weight in raw.items()}
    wanted = _THINKING.get(case, 0.0) if case is not None else 0.0
    return Taste(weights, spending, order[0], case, wanted)
