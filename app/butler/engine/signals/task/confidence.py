"""Turns the scores of the tasks into the chance that the best of them is right."""

import math
from collections.abc import Mapping
from typing import Final

from butler.contract.tasks import Task

# Fitted by tests/eval/fit_confidence.py on the even half of the development prompts (1.75), and
# taken back a little: on prompts left out in training, which are harder, 1.3 fits best.
_SHARPNESS: Final = 1.5
CEILING: Final = 0.97
"""No guess is surer than this: about one label in twenty is arguable among people."""
UNFOUNDED: Final = 0.4
"""The chance that a prompt in which nothing was found is a general question after all."""


def confidence_of(scores: Mapping[Task, float]) -> float:
    """The chance, from 0 to 1, that the task of the best score is right.

    It falls with every other task that comes near.
    """
    return chance_at(scores, _SHARPNESS)


def chance_at(scores: Mapping[Task, float], sharpness: float) -> float:
    """The curve behind `confidence_of`, open to fitting: a softmax with a ceiling."""
    best = max(scores.values())
    return CEILING / sum(math.exp(sharpness * (score - best)) for score in scores.values())
