"""Percentiles out of histograms with bins that grow with the values."""

import math
from collections.abc import Mapping

from butler.engine.store.measures import EDGES

RELATIVE_ERROR = 0.12
"""By how much a percentile may be off: half of the widest bin, which is a quarter wide."""

_DIGITS = 4


def percentile(bins: Mapping[int, int], share: float) -> float | None:
    """Return the value below which this share of all values lies; None where there are none."""
    total = sum(bins.values())
    rank = max(1, math.ceil(share * total))
    seen = 0
    for bin_ in sorted(bins):
        count = bins[bin_]
        if seen + count >= rank:
            return _within(bin_, (rank - seen - 0.5) / count)
        seen += count
    return None


def _within(bin_: int, part: float) -> float:
    """Return the value at a part of a bin, whose values are taken to be spread evenly by ratio."""
    if bin_ == 0:
        return _rounded(EDGES[0] * part)
    low = EDGES[bin_ - 1]
    high = EDGES[bin_] if bin_ < len(EDGES) else low
    return _rounded(low * (high / low) ** part)


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
