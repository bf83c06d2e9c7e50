"""Roll-ups: what calls add up to, kept beside the log in the same transactions."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Text, delete, distinct, func, insert, literal, select
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
    bin_in_sql,
)
from butler.engine.store.tables import requests, rollup_histograms, rollups

Rollup = tuple[str | int, ...]
"""A row of `rollups`: dimension, width and start in quarters, value, and the sums as stored."""

Histogram = tuple[str | int, ...]
"""A row of `rollup_histograms`: the same place, measure, bin, and how many calls it counts."""

DAY = WIDTHS[0]
_EACH_DAY = (
    rollups.c.dimension == EVERYTHING,
    rollups.c.quarters == DAY,
)


async def add(
    connection: AsyncConnection, sums: Sequence[Rollup], histograms: Sequence[Histogram]
) -> None:
    """Add to the roll-ups what calls that are written in this very transaction come to."""
    await add_up(connection, rollups, sums)
    await add_up(connection, rollup_histograms, histograms)


async def rebuild(connection: AsyncConnection, day: int) -> None:
    """Count the roll-ups of one day (UTC) anew, from the log; `day` is its first quarter.

    Where the log of that day is gone, or not whole any more, so are the roll-ups afterwards.
    """
    await forget_day(connection, day)
    for quarters in WIDTHS:
        for dimension in DIMENSIONS:
            await _count(connection, day, quarters, dimension)
        for dimension in DISTRIBUTED:
            for measure in MEASURES:
                await _distribute(connection, day, quarters, (dimension, measure))


async def _count(connection: AsyncConnection, day: int, quarters: int, dimension: str) -> None:
    start, value = _start(quarters), DIMENSIONS[dimension]
    query = (
        select(
            literal(dimension, Text), literal(quarters), start, value.label("value"), *SUMS.values()
        )
        .where(_within(day))
        .group_by(start, value)
    )
    await connection.execute(insert(rollups).from_select(list(rollups.c), query))


async def _distribute(
    connection: AsyncConnection, day: int, quarters: int, what: tuple[str, str]
) -> None:
    dimension, measure = what
    start, value, measured = _start(quarters), DIMENSIONS[dimension], MEASURES[measure]
    each = (
        select(start.label("start"), value.label("value"), bin_in_sql(measured).label("bin"))
        .where(_within(day), measured.is_not(None))
        .subquery()
    )
    place = (each.c.start, each.c.value)
    query = select(
        literal(dimension, Text),
        literal(quarters),
        *place,
        literal(measure, Text),
        each.c.bin,
        func.count(type_=BigInteger),
    ).group_by(*place, each.c.bin)
    table = rollup_histograms
    await connection.execute(insert(table).from_select(list(table.c), query))


def _start(quarters: int) -> ColumnElement[int]:
    return requests.c.quarter - requests.c.quarter % quarters


def _within(day: int) -> ColumnElement[bool]:
    return requests.c.quarter.between(day, day + DAY - 1)


async def missing_days(connection: AsyncConnection) -> list[int]:
    """Return the first quarters of the days (UTC) that have calls but no roll-ups at all."""
    logged = await connection.scalars(select(distinct(_start(DAY))))
    counted = await connection.scalars(select(rollups.c.quarter).where(*_EACH_DAY))
    return sorted(set(logged) - set(counted))


async def oldest_day(connection: AsyncConnection) -> int | None:
    """Return the first quarter of the oldest day (UTC) with roll-ups; None without any."""
    found: int | None = await connection.scalar(
        select(func.min(rollups.c.quarter)).where(*_EACH_DAY)
    )
    return found


async def forget_day(connection: AsyncConnection, day: int) -> None:
    """Delete the roll-ups of one day (UTC)."""
    for table in (rollups, rollup_histograms):
        # All parts of the key are named, so that this is a search and no scan.
        within = (
            table.c.dimension.in_(DIMENSIONS),
            table.c.quarters.in_(WIDTHS),
            table.c.quarter.between(day, day + DAY - 1),
        )
        await connection.execute(delete(table).where(*within))
