"""Fits the model: logistic regression over n-grams, on top of what the cues say.

The cues' scores stand in the sum from the start, so the n-grams learn only what the cues miss.
As there are far more n-grams than prompts, the search goes over one weight per prompt and task
(the dual form): the weights of the n-grams are sums over the prompts that hold them.
"""

from collections.abc import Sequence

import numpy as np
from examples import Example
from numpy.typing import NDArray

from butler.contract.tasks import Task
from butler.engine.signals.task.wording import BITS

Matrix = NDArray[np.float64]

CUE_UNIT = 0.85
"""How many units of log-odds one unit of the cues' weights is."""
PENALTY = 3e-5
"""How dear large weights are: chosen by leaving out stretches of every file."""
_STEPS = 250
_POWER_STEPS = 12


def kernel(examples: Sequence[Example]) -> Matrix:
    """What every two prompts share; summed in one order, so it is the same everywhere."""
    rows = np.repeat(np.arange(len(examples)), [len(one.buckets) for one in examples])
    buckets = np.concatenate([one.buckets for one in examples])
    values = np.concatenate([one.values for one in examples])
    order = np.argsort(buckets, kind="stable")
    rows, values = rows[order], values[order]
    ends = np.concatenate([[0], np.cumsum(np.bincount(buckets, minlength=1 << BITS))])
    shared = np.empty((len(examples), len(examples)))
    for place, one in enumerate(examples):
        starts, sizes = ends[one.buckets], ends[one.buckets + 1] - ends[one.buckets]
        before = np.concatenate([[0], np.cumsum(sizes)])[:-1]
        at = np.repeat(starts - before, sizes) + np.arange(sizes.sum())
        products = values[at] * np.repeat(one.values, sizes)
        shared[place] = np.bincount(rows[at], products, minlength=len(examples))
    return shared


def fit(shared: Matrix, cues: Matrix, labels: NDArray[np.intp]) -> Matrix:
    """A weight per prompt and task, by accelerated gradient descent."""
    count = len(labels)
    wanted = np.eye(len(Task))[labels]
    rate = 1 / (0.5 * _largest(shared) / count + PENALTY)
    now = before = np.zeros((count, len(Task)))
    for step in range(_STEPS):
        ahead = now + step / (step + 3) * (now - before)
        wrong = chances(CUE_UNIT * cues + shared @ ahead) - wanted
        now, before = ahead - rate * (wrong / count + PENALTY * ahead), now
    return now


def weights_of(examples: Sequence[Example], fitted: Matrix) -> Matrix:
    """The weight of every bucket for every task, in the unit of the cues' weights."""
    total = np.zeros((1 << BITS, len(Task)))
    for one, weight in zip(examples, fitted, strict=True):
        # A bucket stands several times in a prompt with turns before it.
        np.add.at(total, one.buckets, np.outer(one.values, weight))
    return total / CUE_UNIT


def chances(scores: Matrix) -> Matrix:
    """Scores as chances that add up to one."""
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = grown / grown.sum(axis=1, keepdims=True)
    return shares


def _largest(shared: Matrix) -> float:
    """The largest eigenvalue, from below; the steps must not be longer than it allows."""
    direction = np.ones(len(shared))
    length = 1.0
    for _ in range(_POWER_STEPS):
        direction = shared @ direction
        length = float(np.linalg.norm(direction))
        direction /= length
    return length
