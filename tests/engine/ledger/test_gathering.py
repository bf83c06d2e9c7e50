"""What the recorder adds up in memory is what the rows come to, whatever they are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.ledger.gathering import Gathering, sums_of, traits_of
from butler.engine.store import requests, rollups
from butler.engine.store.database import Conflict, Database
from butler.engine.store.measures import DIMENSIONS, DISTRIBUTED, MEASURES, SUMS, WIDTHS, quarter_of
from butler.engine.store.requests import RequestRecord
from butler.engine.store.rollups import WEEK
from butler.engine.store.tables import rollup_histograms
from butler.engine.store.tables import rollups as rollups_table
from tests.engine.store.records import NOON, request

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = st.sampled_from([None, "", "one", "two/x", "代码"])
COUNTS = st.sampled_from([None, 0, 1, 17, 900_000_000])
MONEY = st.sampled_from([None, Decimal(0), Decimal("0.000000000001"), Decimal("1.00000012")])
TIMES = st.sampled_from([None, 0.0, 0.001, 0.9999, 1.0, 12.345, 150.0, 1e9])
CALLS = st.fixed_dictionaries(
    {
        "started_at": st.integers(0, 2 * 86_400 * 1_000_000 - 1).map(
            lambda us: MIDNIGHT + timedelta(microseconds=us)
        ),
        "layer": st.sampled_from([None, "rules", "default", "exact_cache"]),
        "rule_id": WORDS,
        "target": WORDS,
        "token_id": WORDS,
        "client": WORDS,
        "task": WORDS,
        "thinking": WORDS,
        "fallback": st.sampled_from([None, "timeout", "cut"]),
        "modalities": st.sampled_from([(), ("text",), ("image", "text")]),
        "streaming": st.booleans(),
        "status": st.sampled_from([200, 400, 499, 502]),
        "usage_source": st.sampled_from(["reported", "estimated", "unknown"]),
        "cost_source": st.sampled_from(["priced", "unpriced", "unknown"]),
        "input_tokens": COUNTS,
        "output_tokens": COUNTS,
        "cached_tokens": COUNTS,
        "cache_write_tokens": COUNTS,
        "reasoning_tokens": COUNTS,
        "images": COUNTS,
        "cost_usd": MONEY,
        "baseline_usd": MONEY,
        "overhead_ms": TIMES,
        "ttft_ms": TIMES,
        "duration_ms": TIMES.map(lambda ms: ms or 0.0),
    }
)


async def contents(connection: AsyncConnection) -> list[list[tuple[Any, ...]]]:
    """All roll-ups and histograms, in the order of their keys."""

    async def rows(table: Table) -> list[tuple[Any, ...]]:
        found = await connection.execute(select(table).order_by(*table.primary_key))
        return [tuple(row) for row in found]

    return [await rows(rollups_table), await rows(rollup_histograms)]


async def record(connection: AsyncConnection, records: list[RequestRecord]) -> None:
    """Write calls as the recorder does."""
    gathered = Gathering(records)
    await requests.add_many(connection, records)
    await rollups.add(connection, gathered.rollups(), gathered.histograms())


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    database = await Database.open(None, tmp_path)
    async with database.begin() as connection:
        yield connection
    await database.close()


def test_roll_ups_equal_the_rows(tmp_path: Path) -> None:
    """Whatever comes, in batches of whatever size: counted anew from the rows it is the same."""

    async def play(database: Database, records: list[RequestRecord], size: int) -> None:
        with suppress(Undone):
            async with database.begin() as connection:
                for at in range(0, len(records), size):
                    await record(connection, records[at : at + size])
                kept = await contents(connection)
                for week in {found.quarter // WEEK * WEEK for found in records}:
                    await rollups.rebuild(connection, week)
                assert await contents(connection) == kept
                raise Undone

    with asyncio.Runner() as runner:
        database = runner.run(Database.open(None, tmp_path))

        @settings(max_examples=40)
        @given(calls=st.lists(CALLS, max_size=30), size=st.integers(1, 12))
        def check(calls: list[dict[str, Any]], size: int) -> None:
            records = [request(f"req_{at}", **said) for at, said in enumerate(calls)]
            runner.run(play(database, records, size))

        check()
        runner.run(database.close())


class Undone(Exception):
    """Ends a transaction without a trace."""


async def test_a_wrong_roll_up_is_mended(connection: AsyncConnection) -> None:
    await record(connection, [request("req_1"), request("req_2", target="a/b")])
    right = await contents(connection)
    await connection.execute(update(rollups_table).values(requests=7))
    assert await contents(connection) != right
    await rollups.rebuild(connection, quarter_of(NOON) // WEEK * WEEK)
    assert await contents(connection) == right


async def test_a_call_that_can_not_be_stored_is_not_counted(tmp_path: Path) -> None:
    """The roll-ups travel with the rows: a batch that comes again does not count again."""
    database = await Database.open(None, tmp_path)
    async with database.begin() as connection:
        await record(connection, [request("req_1")])
        before = await contents(connection)
    with pytest.raises(Conflict):
        async with database.begin() as connection:
            await record(connection, [request("req_2"), request("req_1")])
    async with database.connect() as connection:
        assert await contents(connection) == before
    await database.close()


def test_every_dimension_and_sum_is_counted() -> None:
    call = request("req_1", cost_usd=Decimal(1), baseline_usd=Decimal(2))
    assert len(traits_of(call)) == len(DIMENSIONS)
    assert len(sums_of(call)) == len(SUMS)


def test_a_batch_touches_each_place_once() -> None:
    calls = [
        request(f"req_{at}", target="a/b", layer="rules", overhead_ms=1.0, ttft_ms=2.0)
        for at in range(500)
    ]
    gathered = Gathering(calls)
    assert len(gathered.rollups()) == len(DIMENSIONS) * len(WIDTHS)
    measured = len(MEASURES) - 1
    assert len(gathered.histograms()) == len(DISTRIBUTED) * measured * len(WIDTHS)
    assert {row[4] for row in gathered.rollups()} == {500}
