"""Differences and how sure they are: sums with the 95 % interval that their own spread leaves.

The interval is the usual one of a mean, 1.96 standard errors to each side (W. S. Gosset's is
wider for small samples: below 30 values this one is too narrow, and says so by being wide).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

_SIGMAS = 1.96


@dataclass(slots=True)
class Spread:
    """Values as they come: how many, their sum, and their variance (B. P. Welford, 1962)."""

    count: int = 0
    mean: float = 0.0
    _squares: float = 0.0

    def add(self, value: float) -> None:
        """Take one value in."""
        self.count += 1
        step = value - self.mean
        self.mean += step / self.count
        self._squares += step * (value - self.mean)

    @property
    def variance(self) -> float:
        """The sample's variance; 0 of fewer than two values."""
        return self._squares / (self.count - 1) if self.count > 1 else 0.0

    @property
    def sum_plus_minus(self) -> float | None:
        """Half the width of the interval of the sum; None of fewer than two values."""
        if self.count < 2:
            return None
        return _SIGMAS * math.sqrt(self.variance * self.count)

    @property
    def mean_variance(self) -> float:
        """The variance of the mean."""
        return self.variance / self.count if self.count else 0.0


def plus_minus(variances: Iterable[float]) -> float:
    """Return half the width of the interval of a sum whose parts have these variances."""
    return _SIGMAS * math.sqrt(sum(variances))
