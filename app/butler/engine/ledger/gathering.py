"""Calls added up in memory, so that a batch touches each roll-up once.

Counts what `store/measures.py` says in SQL; a test keeps the two equal.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from operator import attrgetter

import orjson

from butler.engine.store.columns import picousd
from butler.engine.store.measures import (
    CACHE_LAYERS,
    CANCELLED,
    DIMENSIONS,
    EVERYTHING,
    MEASURES,
    WIDTHS,
)
from butler.engine.store.requests import RequestRecord
from butler.engine.store.rollups import Histogram, Rollup

Traits = tuple[str, ...]
"""The value of each dimension, in the order of DIMENSIONS."""

Sums = tuple[int, ...]
"""What is added up, in the order of SUMS."""

_MEASURED = tuple(MEASURES)
_BINS = attrgetter(*(str(column.key) for column in MEASURES.values()))


class Gathering:
    """The roll-ups of a batch of calls."""

    def __init__(self, records: Iterable[RequestRecord]) -> None:
        self._sums: dict[tuple[int, Traits], list[Sums]] = defaultdict(list)
        self._bins: Counter[tuple[int, str, str, str, int, int]] = Counter()
        for record in records:
            self._add(record)

    def _add(self, record: RequestRecord) -> None:
        quarter, traits = record.quarter, traits_of(record)
        self._sums[quarter, traits].append(sums_of(record))
        layer, rule, target = record.layer or "", record.rule_id or "", record.target or ""
        for measure, bin_ in enumerate(_BINS(record)):
            if bin_ is not None:
                self._bins[quarter, layer, rule, target, measure, bin_] += 1

    def rollups(self) -> list[Rollup]:
        """Return the sums by dimension, value and stretch of time, in a steady order.

        The order keeps two engines on one database from waiting for each other in a ring.
        """
        narrow: dict[tuple[str, int, str], list[Sums]] = defaultdict(list)
        for (quarter, traits), sums in self._sums.items():
            total = _total(sums)
            for dimension, value in zip(DIMENSIONS, traits, strict=True):
                narrow[dimension, quarter, value].append(total)
        wide: dict[tuple[str, int, int, str], list[Sums]] = defaultdict(list)
        for (dimension, quarter, value), sums in narrow.items():
            total = _total(sums)
            for quarters in WIDTHS:
                wide[dimension, quarters, quarter - quarter % quarters, value].append(total)
        return [(*place, *_total(wide[place])) for place in sorted(wide)]

    def histograms(self) -> list[Histogram]:
        """Return the counts of the bins, in the same order."""
        narrow: Counter[tuple[str, int, str, int, int]] = Counter()
        for (quarter, layer, rule, target, measure, bin_), count in self._bins.items():
            narrow[EVERYTHING, quarter, "", measure, bin_] += count
            narrow["layer", quarter, layer, measure, bin_] += count
            narrow["rule", quarter, rule, measure, bin_] += count
            narrow["model", quarter, target, measure, bin_] += count
        wide: Counter[tuple[str, int, int, str, str, int]] = Counter()
        for (dimension, quarter, value, measure, bin_), count in narrow.items():
            name = _MEASURED[measure]
            for quarters in WIDTHS:
                start = quarter - quarter % quarters
                wide[dimension, quarters, start, value, name, bin_] += count
        return [(*place, wide[place]) for place in sorted(wide)]


def _total(sums: list[Sums]) -> Sums:
    """Add up column by column; the loops run inside the interpreter."""
    return sums[0] if len(sums) == 1 else tuple(map(sum, zip(*sums, strict=True)))


def traits_of(record: RequestRecord) -> Traits:
    """Return a call's value of each dimension."""
    return (
        "",
        record.layer or "",
        record.rule_id or "",
        record.target or "",
        record.provider or "",
        record.token_id or "",
        record.client or "",
        record.task or "",
        record.endpoint,
        orjson.dumps(record.modalities).decode(),
        record.thinking or "",
        "true" if record.streaming else "false",
        record.fallback or "",
    )


def sums_of(record: RequestRecord) -> Sums:
    """Return what a call adds to each sum."""
    status = record.status
    input_tokens, output_tokens = record.input_tokens or 0, record.output_tokens or 0
    cost = 0 if record.cost_usd is None else picousd(record.cost_usd)
    covered = record.cost_usd is not None and record.baseline_usd is not None
    return (
        1,
        int(status >= 400 and status != CANCELLED),
        int(status == CANCELLED),
        int(record.fallback is not None),
        int(record.layer in CACHE_LAYERS),
        int(record.usage_source == "estimated"),
        int(record.cost_source == "unpriced"),
        input_tokens,
        output_tokens,
        record.cached_tokens or 0,
        record.cache_write_tokens or 0,
        record.reasoning_tokens or 0,
        record.images or 0,
        cost,
        int(covered),
        input_tokens + output_tokens if covered else 0,
        cost if covered else 0,
        picousd(record.baseline_usd) if covered and record.baseline_usd is not None else 0,
    )
