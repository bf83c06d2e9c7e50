"""Upkeep by a clock of the test's own: what is too old goes, day by day, in small portions."""

import asyncio
import statistics
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from butler.engine.ledger.policy import Retention
from butler.engine.ledger.upkeep import Upkeep
from butler.engine.store import bodies, requests, rollups
from butler.engine.store.bodies import BodyRecord
from butler.engine.store.database import Database
from butler.engine.store.rollups import WEEK
from tests.e2e.house import until
from tests.engine.store.records import request

TODAY = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass(slots=True)
class Archive:
    """A database with a call a day, and its upkeep."""

    database: Database
    now: datetime = TODAY
    retention: Retention = field(default_factory=Retention)

    def upkeep(self) -> Upkeep:
        """An upkeep that looks at this clock all the time."""
        return Upkeep(self.database, lambda: self.retention, lambda: self.now, 0.01)

    async def fill(self, days: int) -> None:
        """Store calls of the last days, with their words."""
        times = [self.now - timedelta(days=day) for day in range(days)]
        async with self.database.begin() as connection:
            await requests.add_many(
                connection, [request(f"req_{at:%m%d}", started_at=at) for at in times]
            )
            await bodies.add_many(
                connection,
                [
                    BodyRecord(request_id=f"req_{at:%m%d}", started_at=at, envelope=b"sealed")
                    for at in times
                ],
            )

    async def logged(self) -> int:
        """How many calls are left."""
        async with self.database.connect() as connection:
            return len(await requests.page(connection, None, 10_000))

    async def worded(self) -> int:
        """How many calls' words are left."""
        async with self.database.begin() as connection:
            count = 0
            for row in await requests.page(connection, None, 10_000):
                count += await bodies.get(connection, row.id) is not None
            return count

    async def oldest(self) -> int | None:
        """Where the roll-ups begin."""
        async with self.database.connect() as connection:
            return await rollups.oldest(connection, WEEK)


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    database = await Database.open(None, tmp_path)
    yield Archive(database)
    await database.close()


async def test_nothing_goes_that_is_to_stay_for_ever(archive: Archive) -> None:
    await archive.fill(100)
    await archive.upkeep().work()
    assert (await archive.logged(), await archive.worded()) == (100, 100)


async def test_each_kind_goes_after_its_own_time(archive: Archive) -> None:
    await archive.fill(100)
    archive.retention = Retention(requests_days=30, statistics_days=60, bodies_days=7)
    await archive.upkeep().work()
    assert (await archive.logged(), await archive.worded()) == (31, 8)
    oldest = await archive.oldest()
    assert oldest is not None
    begins_at = datetime.fromtimestamp(oldest * 900, UTC)
    assert timedelta(days=60) - timedelta(days=7) < TODAY - begins_at <= timedelta(days=67)


async def test_what_was_forgotten_is_not_counted_anew_every_day(archive: Archive) -> None:
    await archive.fill(50)
    archive.retention = Retention(statistics_days=20)
    async with archive.database.begin() as connection:
        for sql in (
            "CREATE TABLE counted (quarter)",
            "CREATE TRIGGER counting AFTER INSERT ON rollups"
            " BEGIN INSERT INTO counted VALUES (new.quarter); END",
        ):
            await connection.exec_driver_sql(sql)
    await archive.upkeep().work()
    async with archive.database.connect() as connection:
        found = await connection.exec_driver_sql("SELECT min(quarter) FROM counted")
    first = datetime.fromtimestamp(found.scalar_one() * 900, UTC)
    assert timedelta(days=20) <= TODAY - first <= timedelta(days=27)


async def test_statistics_outlive_the_calls_they_count(archive: Archive) -> None:
    await archive.fill(50)
    archive.retention = Retention(requests_days=1)
    upkeep = archive.upkeep()
    await upkeep.work()
    before = await archive.oldest()
    await upkeep.work()
    assert await archive.logged() == 2
    assert await archive.oldest() == before
    assert before is not None
    assert before * 900 < (TODAY - timedelta(days=40)).timestamp()


async def test_words_never_outlive_their_call(archive: Archive) -> None:
    await archive.fill(20)
    archive.retention = Retention(requests_days=5, bodies_days=0)
    await archive.upkeep().work()
    async with archive.database.connect() as connection:
        old = f"req_{TODAY - timedelta(days=10):%m%d}"
        assert await bodies.get(connection, old) is None


async def test_more_than_one_portion(archive: Archive) -> None:
    old = [
        request(f"old_{number:04}", started_at=TODAY - timedelta(days=9)) for number in range(1_234)
    ]
    async with archive.database.begin() as connection:
        await requests.add_many(connection, old)
    await archive.fill(1)
    archive.retention = Retention(requests_days=3)
    await archive.upkeep().work()
    assert await archive.logged() == 1


async def test_it_works_at_the_start_and_when_a_new_day_begins(archive: Archive) -> None:
    await archive.fill(10)
    archive.retention = Retention(requests_days=5)
    upkeep = archive.upkeep()
    upkeep.start()

    async def left(count: int) -> None:
        async def holds() -> bool:
            return await archive.logged() == count

        await until(holds)

    await left(6)
    archive.now += timedelta(hours=11)
    await asyncio.sleep(0.1)
    assert await archive.logged() == 6, "the same day"
    archive.now += timedelta(hours=13)
    await left(5)
    await asyncio.wait_for(upkeep.stop(), 1)


async def test_stopping_does_not_wait(archive: Archive) -> None:
    upkeep = Upkeep(archive.database, Retention)
    await upkeep.stop()
    upkeep.start()
    await asyncio.sleep(0)
    await asyncio.wait_for(upkeep.stop(), 1)


async def test_the_log_is_written_while_the_old_goes(archive: Archive) -> None:
    """No portion holds the writers up for long."""
    old = [
        request(f"old_{number:05}", started_at=TODAY - timedelta(days=9)) for number in range(5_000)
    ]
    async with archive.database.begin() as connection:
        await requests.add_many(connection, old)
    archive.retention = Retention(requests_days=3)
    work = asyncio.get_running_loop().create_task(archive.upkeep().work())
    waits = []
    number = 0
    while not work.done():
        started = asyncio.get_running_loop().time()
        async with archive.database.begin() as connection:
            await requests.add_many(connection, [request(f"new_{number}", started_at=TODAY)])
        waits.append(asyncio.get_running_loop().time() - started)
        number += 1
        await asyncio.sleep(0.01)
    await work
    assert number > 3
    # The usual wait, not the longest: on a busy machine any single one may be slow.
    assert statistics.median(waits) < 0.2
    assert await archive.logged() == number
