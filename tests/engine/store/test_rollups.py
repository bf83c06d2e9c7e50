"""Roll-ups by week: which are missing, which are oldest, and how they go.

That they equal the rows is shown in `tests/engine/ledger/test_gathering.py`.
"""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import requests, rollups
from butler.engine.store.measures import DIMENSIONS, WIDTHS, quarter_of
from butler.engine.store.rollups import WEEK
from butler.engine.store.tables import rollup_histograms
from butler.engine.store.tables import rollups as table
from tests.engine.store.records import NOON, request

FIRST = quarter_of(NOON) // WEEK * WEEK


async def log_weeks(connection: AsyncConnection, *weeks: int) -> None:
    """Store one call in each of these weeks, without any roll-ups."""
    await requests.add_many(
        connection,
        [request(f"req_{week}", started_at=NOON + timedelta(weeks=week)) for week in weeks],
    )


async def test_weeks_without_roll_ups_are_found_and_made(connection: AsyncConnection) -> None:
    await log_weeks(connection, 0, 1, 5)
    missing = await rollups.missing_weeks(connection)
    assert missing == [FIRST, FIRST + WEEK, FIRST + 5 * WEEK]
    for week in missing:
        await rollups.rebuild(connection, week)
    assert await rollups.missing_weeks(connection) == []
    counted = await connection.scalar(
        select(func.sum(table.c.requests)).where(table.c.dimension == "all")
    )
    assert counted == 3 * len(WIDTHS)


async def test_the_oldest_week_goes_and_no_other(connection: AsyncConnection) -> None:
    assert await rollups.oldest(connection, WEEK) is None
    await log_weeks(connection, 0, 1)
    for week in await rollups.missing_weeks(connection):
        await rollups.rebuild(connection, week)
    assert await rollups.oldest(connection, WEEK) == FIRST
    await rollups.forget_week(connection, FIRST)
    assert await rollups.oldest(connection, WEEK) == FIRST + WEEK
    for kept in (table, rollup_histograms):
        assert await connection.scalar(select(func.min(kept.c.quarter))) == FIRST + WEEK
    assert await rollups.oldest(connection, 1) == quarter_of(NOON) + WEEK
    left = await connection.scalar(select(func.count()).select_from(table))
    assert left == len(DIMENSIONS) * len(WIDTHS)


async def test_a_week_whose_log_is_gone_has_no_roll_ups_when_counted_anew(
    connection: AsyncConnection,
) -> None:
    await log_weeks(connection, 0)
    await rollups.rebuild(connection, FIRST)
    await requests.delete_before(connection, NOON + timedelta(days=1), 10)
    await rollups.rebuild(connection, FIRST)
    assert await rollups.oldest(connection, WEEK) is None
