"""Statistics put together: totals, groups, lines through time, spreads, savings."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.contract.statistics import (
    Counts,
    FallbackReason,
    Group,
    Line,
    Percentiles,
    Savings,
    Series,
    Spread,
)
from butler.engine.ledger.calendar import Slot
from butler.engine.ledger.percentiles import percentile
from butler.engine.store import figures, requests
from butler.engine.store.columns import usd
from butler.engine.store.figures import Question, Sums, added
from butler.engine.store.measures import DISTRIBUTED, EVERYTHING, MEASURES

_PLAIN = tuple(name for name in Counts.model_fields if name != "cost_usd")
_SHARES = {"p50": 0.50, "p90": 0.90, "p95": 0.95, "p99": 0.99}
_REST = None
_LONGEST_READ_QUARTERS = 31 * 96
"""So far back the log itself is read for what roll-ups do not hold, when they hold the rest."""

Naming = Callable[[AsyncConnection, Sequence[str]], Awaitable[Mapping[str, str]]]
"""Gives each of some values, in their order, the name by which people know it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to count: a stretch of quarters, cut into slots or not, and how many groups to name."""

    first: int
    stop: int
    slots: Sequence[Slot] | None
    question: Question
    top: int
    baseline: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What calls came to."""

    totals: Counts
    cache_hit_rate: float | None
    savings: Savings | None
    spread: Spread
    fallbacks: list[FallbackReason]
    groups: list[Group]
    series: Series | None


_Cells = Mapping[tuple[int, str], Sums]
_Bins = Mapping[tuple[str, str], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the store said: sums by slot and group, and by group alone, and what belongs to them."""

    cells: _Cells
    by_value: Mapping[str, Sums]
    names: Mapping[str, str]
    last_at: Mapping[str, datetime]
    bins: _Bins
    fallbacks: list[FallbackReason]


async def count(connection: AsyncConnection, wanted: Wanted, naming: Naming) -> Found:
    """Answer from the store; `naming` says what people call the groups that are shown."""
    question, stretch = wanted.question, (wanted.first, wanted.stop)
    stretches = [(slot.first, slot.stop) for slot in wanted.slots or ()] or [stretch]
    cells = await figures.sums(connection, stretches, question)
    by_value = await asyncio.to_thread(_by_value, cells)
    named = sorted(by_value, key=lambda value: (-by_value[value].requests, value))[: wanted.top]
    has_fallbacks = any(sums.fallbacks for sums in by_value.values())
    counted = _Counted(
        cells,
        by_value,
        names=await naming(connection, named),
        last_at=await _last_at(connection, wanted, named),
        bins=await _bins(connection, wanted),
        fallbacks=await _fallbacks(connection, wanted) if has_fallbacks else [],
    )
    # A month by the hour is a hundred thousand figures: too many to let calls wait for them.
    return await asyncio.to_thread(_found, counted, wanted)


def _by_value(cells: _Cells) -> dict[str, Sums]:
    return _gathered((value, sums) for (_, value), sums in cells.items())


def _found(counted: _Counted, wanted: Wanted) -> Found:
    by_value, names = counted.by_value, counted.names
    totals = added(by_value.values())
    spreads = _spreads(counted.bins)
    has_groups = wanted.question.dimension != EVERYTHING
    return Found(
        totals=_counts(totals),
        cache_hit_rate=_share(totals.cache_hits, totals.requests),
        savings=_savings(totals, wanted.baseline),
        spread=spreads.get(_REST, Spread()),
        fallbacks=counted.fallbacks,
        groups=_groups(counted, wanted, spreads) if has_groups else [],
        series=None if wanted.slots is None else _series(counted.cells, names, wanted),
    )


def _gathered(pairs: Iterable[tuple[Any, Sums]]) -> dict[Any, Sums]:
    lists: dict[Any, list[Sums]] = defaultdict(list)
    for key, sums in pairs:
        lists[key].append(sums)
    return {key: added(list_) for key, list_ in lists.items()}


def _groups(found: _Counted, wanted: Wanted, spreads: Mapping[str | None, Spread]) -> list[Group]:
    by_value, names = found.by_value, found.names
    rest = added(sums for value, sums in by_value.items() if value not in names)
    counted: list[tuple[str | None, Sums]] = [(value, by_value[value]) for value in names]
    if rest.requests:
        counted.append((_REST, rest))
    return [
        Group(
            key=key,
            label=names[key] if key is not _REST else "",
            counts=_counts(sums),
            saved_usd=_saved(sums) if wanted.baseline else None,
            spread=spreads.get(key) if key is not _REST else None,
            last_at=found.last_at.get(key) if key is not _REST else None,
        )
        for key, sums in counted
    ]


def _series(cells: _Cells, names: Mapping[str, str], wanted: Wanted) -> Series:
    slots = wanted.slots or ()
    placed = _gathered(
        ((value if value in names else _REST, part), sums) for (part, value), sums in cells.items()
    )
    keys: list[tuple[str | None, str]] = list(names.items())
    if any(key is _REST for key, _ in placed):
        keys.append((_REST, ""))
    nothing = Sums()
    lines = []
    for key, label in keys:
        along = [placed.get((key, part), nothing) for part in range(len(slots))]
        lines.append(_line(key, label, along, with_savings=wanted.baseline is not None))
    return Series(starts_at=[slot.starts_at for slot in slots], lines=lines)


def _line(key: str | None, label: str, along: Sequence[Sums], *, with_savings: bool) -> Line:
    return Line(
        key=key,
        label=label,
        requests=[sums.requests for sums in along],
        errors=[sums.errors for sums in along],
        fallbacks=[sums.fallbacks for sums in along],
        cache_hits=[sums.cache_hits for sums in along],
        input_tokens=[sums.input_tokens for sums in along],
        output_tokens=[sums.output_tokens for sums in along],
        images=[sums.images for sums in along],
        cost_usd=[usd(sums.cost_picousd) for sums in along],
        saved_usd=[_saved(sums) for sums in along] if with_savings else None,
    )


async def _last_at(
    connection: AsyncConnection, wanted: Wanted, named: Sequence[str]
) -> Mapping[str, datetime]:
    """Return when each rule decided last; what tells calls apart otherwise has no index for it."""
    question = wanted.question
    if question.dimension != "rule":
        return {}
    ids = [value for value in named if value]
    return await requests.last_of_rules(
        connection, ids, (wanted.first, wanted.stop), question.filters or {}
    )


async def _bins(connection: AsyncConnection, wanted: Wanted) -> _Bins:
    """Return how values are spread, by group where that is kept; nothing where it took too long."""
    question, stretch = wanted.question, (wanted.first, wanted.stop)
    if question.dimension not in DISTRIBUTED:
        question = replace(question, dimension=EVERYTHING)
    is_read = question.in_histograms is None and wanted.question.in_rollups is not None
    if is_read and wanted.stop - wanted.first > _LONGEST_READ_QUARTERS:
        return {}
    return await figures.histograms(connection, stretch, question)


def _spreads(bins: _Bins) -> dict[str | None, Spread]:
    """Return the spread of all calls (under None), and of each group."""
    merged: dict[tuple[str | None, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (value, measure), counts in bins.items():
        for bin_, count_ in counts.items():
            merged[_REST, measure][bin_] += count_
            merged[value, measure][bin_] += count_
    values = {value for value, _ in merged}
    return {
        value: Spread(**{name: _percentiles(merged.get((value, name))) for name in MEASURES})
        for value in values
    }


def _percentiles(bins: Mapping[int, int] | None) -> Percentiles | None:
    if not bins:
        return None
    found = {name: percentile(bins, share) or 0.0 for name, share in _SHARES.items()}
    return Percentiles(count=sum(bins.values()), **found)


async def _fallbacks(connection: AsyncConnection, wanted: Wanted) -> list[FallbackReason]:
    """Return why calls left their first target, the commonest reason first."""
    question = replace(wanted.question, dimension="fallback")
    cells = await figures.sums(connection, [(wanted.first, wanted.stop)], question)
    reasons = {value: sums.requests for (_, value), sums in cells.items() if value}
    ordered = sorted(reasons, key=lambda reason: (-reasons[reason], reason))
    return [FallbackReason(reason=reason, requests=reasons[reason]) for reason in ordered]


def _counts(sums: Sums) -> Counts:
    plain = {name: getattr(sums, name) for name in _PLAIN}
    return Counts(**plain, cost_usd=usd(sums.cost_picousd))


def _saved(sums: Sums) -> Decimal:
    return usd(sums.baseline_picousd - sums.covered_picousd)


def _savings(totals: Sums, baseline: str | None) -> Savings | None:
    if baseline is None:
        return None
    return Savings(
        baseline=baseline,
        saved_usd=_saved(totals),
        baseline_usd=usd(totals.baseline_picousd),
        cost_usd=usd(totals.covered_picousd),
        covered_requests=totals.covered,
        covered_share_of_requests=_share(totals.covered, totals.requests),
        covered_share_of_tokens=_share(
            totals.covered_tokens, totals.input_tokens + totals.output_tokens
        ),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None
