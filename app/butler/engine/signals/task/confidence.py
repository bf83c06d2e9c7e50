"""Turns the scores of the tasks into the chance that the best of them is right."""

import math
from collections.abc import Mapping
from typing import Final

from butler.contract.tasks import Task

# Fitted by tests/eval/fit_confidence.py on the even half of the development prompts.
_OFFSET: Final = 0.65
_SLOPE: Final = 0.75
# About one label in twenty is arguable among people, so no guess is surer than this.
_CEILING: Final = 0.97
UNFOUNDED: Final = 0.4
"""The chance that a prompt in which nothing was found is a general question after all."""


def confidence_of(scores: Mapping[Task, float]) -> float:
    """A chance from 0 to 1 that grows with the lead of the best score over the second."""
    return _CEILING * chance_at(lead_of(scores), _OFFSET, _SLOPE)


def lead_of(scores: Mapping[Task, float]) -> float:
    """How far the best score is ahead of the second."""
    first, second = sorted(scores.values(), reverse=True)[:2]
    return first - second


def chance_at(lead: float, offset: float, slope: float) -> float:
    """The logistic curve behind `confidence_of`, open to fitting."""
    return 1 / (1 + math.exp(-(offset + slope * lead)))
