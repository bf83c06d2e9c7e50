"""The scale of a model's cosines: what is near for one model is far for another.

Some models put all texts between 0.7 and 0.9, others spread them around 0. Measured over the
owner's own examples, the cosines of any model are brought to the scale of the one that the vote
was fitted on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

_FEWEST = 20
"""Fewer pairs than these tell nothing."""
_NARROWEST = 0.01


@dataclass(frozen=True, slots=True)
class Yardstick:
    """How near two examples are to each other on average, and how far that varies (cosines)."""

    mean: float
    spread: float

    def fitted(self, cosine: float) -> float:
        """Return what this cosine would be on the scale of the model of the fit."""
        return FITTED.mean + (cosine - self.mean) / self.spread * FITTED.spread


FITTED = Yardstick(mean=0.062, spread=0.087)
"""all-MiniLM-L6-v2 over the shipped English examples; `tests/eval/test_semantic.py` checks it."""


def measured(cosines: Sequence[float]) -> Yardstick | None:
    """Return the scale that these cosines show; None where they are too few to tell."""
    if len(cosines) < _FEWEST:
        return None
    return Yardstick(fmean(cosines), max(_NARROWEST, pstdev(cosines)))
