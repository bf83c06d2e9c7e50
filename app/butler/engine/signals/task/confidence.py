"""Turns the scores of the tasks into the chance that the best of them is right."""

import math
from collections.abc import Mapping
from typing import Final

from butler.contract.tasks import Task

_SLOPE: Final = 0.8
_OFFSET: Final = -0.2


def confidence_of(scores: Mapping[Task, float]) -> float:
    """A chance from 0 to 1 that grows with the lead of the best score over the second."""
    first, second = sorted(scores.values(), reverse=True)[:2]
    return 1 / (1 + math.exp(-(_OFFSET + _SLOPE * (first - second))))
