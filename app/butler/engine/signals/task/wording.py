"""What the wording as a whole says: a small linear model over hashed character n-grams.

The cues know what somebody has written down; the model has read some thousands of prompts and
speaks where the cues are silent or of two minds. It reads three views of a prompt: all that is
seen of it, the sentences that may hold the ask, and how it begins. `make train` makes its
weights; the card beside them says from what and how good they are.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from butler.contract.tasks import Task
from butler.engine.signals.task.passages import Prompt
from butler.engine.signals.task.script import simplify

BITS: Final = 16
"""The table of weights has a row for each of the 2 ** BITS buckets, and a column per task."""
LONGEST: Final = 5
"""n-grams are of one to so many characters."""
WEIGHTS_FILE: Final = "weights.npy"
SCALES_FILE: Final = "scales.npy"

_BEGINNING_CHARS: Final = 24
# The middle of a long text is material. It would cost more than it tells.
_HEAD_CHARS, _TAIL_CHARS = 500, 300
_SALT_SEEN, _SALT_ASK, _SALT_BEGINNING = 1, 7, 13
_FEW: Final = 300
_START, _END = "\x02", "\x03"
_ZERO, _NINE = np.uint32(ord("0")), np.uint32(ord("9"))
_SPEAKS: Final = re.compile(r"[^\W_]")
# Odd numbers that spread the bits of what is multiplied by them over the word.
_STEP, _SPREAD = np.uint32(2654435761), np.uint32(2246822507)
_FOLD: Final = np.uint32(15)
_DROP: Final = np.uint32(32 - BITS)

Buckets = NDArray[np.intp]


def views(prompt: Prompt) -> list[Buckets]:
    """The buckets, each once, that every view of a prompt falls into; none where nothing is said.

    A view counts by the root of its size, so that a long one does not drown the others.
    """
    if not _SPEAKS.search(prompt.seen):
        return []
    return [
        _buckets(_edges(prompt.seen), _SALT_SEEN),
        _buckets(_edges(prompt.ask()), _SALT_ASK),
        _buckets(prompt.seen[:_BEGINNING_CHARS], _SALT_BEGINNING),
    ]


@dataclass(frozen=True, slots=True)
class Wording:
    """The trained weights, a row per bucket and a column per task."""

    weights: NDArray[np.float32]

    def scores(self, prompt: Prompt) -> dict[Task, float]:
        """What speaks for every task, in the unit of the cues' weights; 0 says nothing."""
        total = np.zeros(len(Task), np.float32)
        for buckets in views(prompt):
            # Adding rows up this way takes a third of the time of `sum`.
            found = np.einsum("ij->j", self.weights.take(buckets, axis=0))
            total += found * np.float32(len(buckets) ** -0.5)
        return dict(zip(Task, total.tolist(), strict=True))


def read_wording(folder: Path) -> Wording:
    """Load the weights that `make train` wrote.

    Raises OSError where they are not there, ValueError where they are not of this shape.
    """
    weights = np.load(folder / WEIGHTS_FILE, allow_pickle=False)
    scales = np.load(folder / SCALES_FILE, allow_pickle=False)
    shapes = ((1 << BITS, len(Task)), (len(Task),))
    if (weights.shape, scales.shape) != shapes or weights.dtype != np.int8:
        raise ValueError(f"the weights in {folder} are of another shape; run `make train`")
    return Wording(weights * scales.astype(np.float32))


def _edges(text: str) -> str:
    if len(text) <= _HEAD_CHARS + _TAIL_CHARS:
        return text
    return f"{text[:_HEAD_CHARS]}\n{text[-_TAIL_CHARS:]}"


def _buckets(text: str, salt: int) -> Buckets:
    """All n-grams at once: each is the one a character shorter, and one character more."""
    plain = " ".join(simplify(text.lower()).split())
    encoded = f"{_START}{plain}{_END}".encode("utf-32-le", "surrogatepass")
    signs = np.frombuffer(encoded, np.uint32)
    signs = np.where((signs >= _ZERO) & (signs <= _NINE), _ZERO, signs)
    hashed = np.full(len(signs), salt, np.uint32)
    found = []
    for length in range(1, min(LONGEST, len(signs)) + 1):
        count = len(signs) - length + 1
        hashed = (hashed[:count] ^ signs[length - 1 :]) * _STEP
        hashed ^= hashed >> _FOLD
        found.append((hashed * _SPREAD) >> _DROP)
    return _distinct(np.concatenate(found).astype(np.intp))


def _distinct(buckets: Buckets) -> Buckets:
    if len(buckets) < _FEW:
        return np.unique(buckets)
    # Ten times as quick as sorting some thousands.
    hit = np.zeros(1 << BITS, np.bool_)
    hit[buckets] = True
    return np.flatnonzero(hit)
