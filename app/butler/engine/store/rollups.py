"""Roll-ups: what calls add up to, kept beside the log in the same transactions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    FromClause,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from butler.engine.store.bulk import add_up
from butler.engine.store.measures import (
    DIMENSIONS,
    DISTRIBUTED,
    EVERYTHING,
    MEASURES,
    SUMS,
    WIDTHS,
)
from butler.engine.store.tables import requests, rollup_histograms, rollups

Rollup = tuple[str | int, ...]
"""A row of `rollups`: dimension, width and start in quarters, value, and the sums as stored."""

Histogram = tuple[str | int, ...]
"""A row of `rollup_histograms`: the same place, measure, bin, and how many calls it counts."""

WEEK = WIDTHS[0]
"""The longest roll-up: a week from Thursday to Wednesday, like the first week of 1970."""


async def add(
    connection: AsyncConnection, sums: Sequence[Rollup], histograms: Sequence[Histogram]
) -> None:
    """Add to the roll-ups what calls that are written in this very transaction come to."""
    await add_up(connection, rollups, sums)
    await add_up(connection, rollup_histograms, histograms)


async def rebuild(connection: AsyncConnection, week: int) -> None:
    """Count the roll-ups of one week anew, from the log; `week` is its first quarter.

    Where the log of that week is gone, or not whole any more, so are the roll-ups afterwards.
    """
    await forget_week(connection, week)
    for dimension in DIMENSIONS:
        await _count(connection, week, dimension)
    for measure in MEASURES:
        await _distribute(connection, week, measure)
    for table in (rollups, rollup_histograms):
        for quarters in WIDTHS[:-1]:
            await _widen(connection, week, table, quarters)


async def _count(connection: AsyncConnection, week: int, dimension: str) -> None:
    quarter, value = requests.c.quarter, DIMENSIONS[dimension]
    query = (
        select(literal(dimension, Text), literal(1), quarter, value, *SUMS.values())
        .where(_within(requests, week))
        .group_by(quarter, value)
    )
    await connection.execute(insert(rollups).from_select(list(rollups.c), query))


async def _distribute(connection: AsyncConnection, week: int, measure: str) -> None:
    measured, named = MEASURES[measure], {name: DIMENSIONS[name] for name in DISTRIBUTED}
    each = (
        select(
            requests.c.quarter,
            measured.label("bin"),
            *(value.label(name) for name, value in named.items()),
        )
        .where(_within(requests, week), measured.is_not(None))
        .cte("each")
    )
    parts = [
        select(
            literal(name, Text),
            literal(1),
            each.c.quarter,
            each.c[name],
            literal(measure, Text),
            each.c.bin,
            func.count(type_=BigInteger),
        ).group_by(each.c.quarter, each.c[name], each.c.bin)
        for name in named
    ]
    table = rollup_histograms
    await connection.execute(insert(table).from_select(list(table.c), union_all(*parts)))


async def _widen(connection: AsyncConnection, week: int, table: Table, quarters: int) -> None:
    """Add the shortest roll-ups of a week up to longer ones."""
    narrow = table.alias("narrow")
    start = narrow.c.quarter - narrow.c.quarter % quarters
    keys: dict[str, ColumnElement[Any]] = {
        column.key: narrow.c[column.key] for column in table.primary_key
    }
    keys |= {"quarters": literal(quarters), "quarter": start}
    sums = [
        cast(func.sum(type_coerce(narrow.c[column.key], BigInteger)), BigInteger)
        for column in table.columns
        if not column.primary_key
    ]
    grouped = [key for name, key in keys.items() if name != "quarters"]
    query = (
        select(*keys.values(), *sums)
        .where(narrow.c.dimension.in_(DIMENSIONS), narrow.c.quarters == 1, _within(narrow, week))
        .group_by(*grouped)
    )
    await connection.execute(insert(table).from_select(list(table.c), query))


def _start(quarters: int) -> ColumnElement[int]:
    return requests.c.quarter - requests.c.quarter % quarters


def _within(table: FromClause, week: int) -> ColumnElement[bool]:
    return table.c.quarter.between(week, week + WEEK - 1)


async def missing_weeks(connection: AsyncConnection) -> list[int]:
    """Return the first quarters of the weeks that have calls but no roll-ups at all."""
    logged = await connection.scalars(select(_start(WEEK)).distinct())
    counted = await connection.scalars(select(rollups.c.quarter).where(*_every(WEEK)))
    return sorted(set(logged) - set(counted))


async def oldest(connection: AsyncConnection, quarters: int) -> int | None:
    """Return the first quarter of the oldest roll-up of a length; None without any."""
    found: int | None = await connection.scalar(
        select(func.min(rollups.c.quarter)).where(*_every(quarters))
    )
    return found


def _every(quarters: int) -> tuple[ColumnElement[bool], ...]:
    return (rollups.c.dimension == EVERYTHING, rollups.c.quarters == quarters)


async def forget_week(connection: AsyncConnection, week: int) -> None:
    """Delete the roll-ups of one week."""
    for table in (rollups, rollup_histograms):
        # All parts of the key are named, so that this is a search and no scan.
        within = (
            table.c.dimension.in_(DIMENSIONS),
            table.c.quarters.in_(WIDTHS),
            _within(table, week),
        )
        await connection.execute(delete(table).where(*within))
