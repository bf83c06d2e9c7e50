"""Statistics over stretches of time: from the roll-ups, or from the rows for any filter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    cast,
    column,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import CTE

from butler.engine.store.measures import (
    DIMENSIONS,
    DISTRIBUTED,
    EVERYTHING,
    MEASURES,
    SUMS,
    WIDTHS,
)
from butler.engine.store.tables import requests, rollup_histograms, rollups

Stretch = tuple[int, int]
"""From one quarter of an hour up to, and without, another."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What calls add up to, money in the whole units in which it is stored.

    `covered` calls have both a cost and one at the baseline; `covered_picousd` is their cost.
    """

    requests: int = 0
    errors: int = 0
    cancelled: int = 0
    fallbacks: int = 0
    cache_hits: int = 0
    estimated: int = 0
    unpriced: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cache_write_tokens: int = 0
    reasoning_tokens: int = 0
    images: int = 0
    cost_picousd: int = 0
    covered: int = 0
    covered_tokens: int = 0
    covered_picousd: int = 0
    baseline_picousd: int = 0


def added(all_sums: Iterable[Sums]) -> Sums:
    """Add sums up."""
    found = list(all_sums)
    if len(found) == 1:
        return found[0]
    return Sums(*map(sum, zip(*map(_VALUES, found), strict=True)))


_VALUES = attrgetter(*(it.name for it in fields(Sums)))


@dataclass(frozen=True, slots=True)
class Question:
    """What to count: calls with these values of dimensions, told apart by one of them."""

    dimension: str = EVERYTHING
    filters: Mapping[str, Sequence[str]] | None = None

    @property
    def in_rollups(self) -> str | None:
        """The dimension whose roll-ups answer this; None when only the rows can."""
        filtered = set(self.filters or ())
        if not filtered:
            return self.dimension
        if len(filtered) == 1 and self.dimension in (EVERYTHING, *filtered):
            return filtered.pop()
        return None

    @property
    def in_histograms(self) -> str | None:
        """The same for histograms, which fewer dimensions have."""
        found = self.in_rollups
        return found if found in DISTRIBUTED else None


async def sums(
    connection: AsyncConnection, stretches: Sequence[Stretch], question: Question
) -> dict[tuple[int, str], Sums]:
    """Return the sums by stretch (its place in the sequence) and value of the dimension.

    What had no calls is left out.
    """
    source = question.in_rollups
    if source is None:
        query = _from_rows(stretches, question, SUMS)
    else:
        pieces = _pieces(stretches)
        value = _value(question, rollups.c.value)
        added = {name: func.sum(rollups.c[name]) for name in SUMS}
        query = (
            select(pieces.c.part, value.label("value"), *_labelled(added))
            .select_from(pieces)
            .join(rollups, and_(*_in_piece(rollups, pieces, source)))
            .where(*_chosen(question, source, rollups.c.value))
            .group_by(pieces.c.part, *_grouped(question, value))
        )
    # All at once: row by row each goes through the driver's queue.
    found = (await connection.execute(query)).all()
    return {(part, value): Sums(*counts) for part, value, *counts in found}


async def histograms(
    connection: AsyncConnection, stretch: Stretch, question: Question
) -> dict[tuple[str, str], dict[int, int]]:
    """Return how many calls lie in each bin, by value of the dimension and measure."""
    source = question.in_histograms
    if source is None:
        return await _histograms_of_rows(connection, stretch, question)
    pieces, table = _pieces([stretch]), rollup_histograms
    value = _value(question, table.c.value)
    place = (*_grouped(question, value), table.c.measure, table.c.bin)
    query = (
        select(value.label("value"), table.c.measure, table.c.bin, _whole(func.sum(table.c.count)))
        .select_from(pieces)
        .join(table, and_(*_in_piece(table, pieces, source)))
        .where(*_chosen(question, source, table.c.value))
        .group_by(*place)
    )
    result: dict[tuple[str, str], dict[int, int]] = {}
    for value_, measure, bin_, count in (await connection.execute(query)).all():
        result.setdefault((value_, measure), {})[bin_] = count
    return result


async def _histograms_of_rows(
    connection: AsyncConnection, stretch: Stretch, question: Question
) -> dict[tuple[str, str], dict[int, int]]:
    result: dict[tuple[str, str], dict[int, int]] = {}
    value = DIMENSIONS[question.dimension]
    for measure, bin_ in MEASURES.items():
        query = (
            select(value, bin_, _whole(func.count()))
            .where(bin_.is_not(None), *_during(stretch), *_passing(question))
            .group_by(*_grouped(question, value), bin_)
        )
        for value_, at, count in (await connection.execute(query)).all():
            result.setdefault((value_, measure), {})[at] = count
    return result


def _from_rows(
    stretches: Sequence[Stretch], question: Question, counted: Mapping[str, ColumnElement[int]]
) -> Select[Any]:
    numbered = [(part, *stretch) for part, stretch in enumerate(stretches)]
    pieces = _table_of(numbered, "part", "first", "stop")
    quarter, value = requests.c.quarter, DIMENSIONS[question.dimension]
    return (
        select(pieces.c.part, value.label("value"), *_labelled(counted))
        .select_from(pieces)
        .join(requests, and_(quarter >= pieces.c.first, quarter < pieces.c.stop))
        .where(*_passing(question))
        .group_by(pieces.c.part, *_grouped(question, value))
    )


def _labelled(counted: Mapping[str, ColumnElement[Any]]) -> Iterator[ColumnElement[Any]]:
    for name, sum_ in counted.items():
        yield _whole(sum_).label(name)


def _whole(count: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(count, BigInteger)


def _value(question: Question, column_: ColumnElement[str]) -> ColumnElement[str]:
    return literal("") if question.dimension == EVERYTHING else column_


def _grouped(question: Question, value: ColumnElement[str]) -> tuple[ColumnElement[str], ...]:
    return () if question.dimension == EVERYTHING else (value,)


def _chosen(
    question: Question, source: str, value: ColumnElement[str]
) -> Iterator[ColumnElement[bool]]:
    chosen = (question.filters or {}).get(source)
    if chosen is not None:
        yield value.in_(chosen)


def _passing(question: Question) -> Iterator[ColumnElement[bool]]:
    for name, chosen in (question.filters or {}).items():
        yield DIMENSIONS[name].in_(chosen)
    if question.dimension == "fallback":
        # Who tells calls apart by this wants those that did fall back, and there is an index.
        yield requests.c.fallback.is_not(None)


def _during(stretch: Stretch) -> Iterator[ColumnElement[bool]]:
    yield requests.c.quarter >= stretch[0]
    yield requests.c.quarter < stretch[1]


def _in_piece(table: Any, pieces: CTE, dimension: str) -> Iterator[ColumnElement[bool]]:
    yield table.c.dimension == dimension
    yield table.c.quarters == pieces.c.quarters
    yield table.c.quarter >= pieces.c.first
    yield table.c.quarter < pieces.c.stop


def _pieces(stretches: Sequence[Stretch]) -> CTE:
    """Return stretches cut into runs of the longest roll-ups that fit, as a table."""
    rows = [
        (part, *piece)
        for part, (first, stop) in enumerate(stretches)
        for piece in cover(first, stop)
    ]
    return _table_of(rows, "part", "quarters", "first", "stop")


def cover(first: int, stop: int, widths: Sequence[int] = WIDTHS) -> Iterator[tuple[int, int, int]]:
    """Cut a stretch into runs of roll-ups: width, and from which quarter up to which."""
    if first >= stop:
        return
    width, narrower = widths[0], widths[1:]
    inner_first, inner_stop = -(-first // width) * width, stop // width * width
    if inner_first >= inner_stop:
        yield from cover(first, stop, narrower)
        return
    yield width, inner_first, inner_stop
    yield from cover(first, inner_first, narrower)
    yield from cover(inner_stop, stop, narrower)


def _table_of(rows: Sequence[tuple[int, ...]], *names: str) -> CTE:
    # Written out, since a statement takes only so many parameters, and as text, since the library
    # takes longer over a thousand rows than the database does.
    first, *others = rows
    head = ", ".join(f"{cell} AS {name}" for cell, name in zip(first, names, strict=True))
    tail = ", ".join(f"({', '.join(map(str, row))})" for row in others)
    sql = f"SELECT {head} UNION ALL VALUES {tail}" if others else f"SELECT {head}"
    return text(sql).columns(*(column(name, Integer) for name in names)).cte("pieces")
