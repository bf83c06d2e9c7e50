"""Changes of other servers: PostgreSQL tells, whoever listens catches up, also after a break."""

import asyncio
from pathlib import Path

import pytest

from butler.engine.store import meta
from butler.engine.store.changes import Follower, announce
from butler.engine.store.database import Database
from tests.e2e.house import until
from tests.postgres import Postgres


class Counter:
    """Counts how often somebody was asked to catch up."""

    def __init__(self) -> None:
        self.count = 0

    async def __call__(self) -> None:
        self.count += 1


async def change(database: Database) -> None:
    async with database.begin() as connection:
        await announce(connection, await meta.bump_revision(connection, None))


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_committed_change_is_heard_of_and_no_other(
    database: Database, url: str, tmp_path: Path
) -> None:
    other, heard = await Database.open(url, tmp_path), Counter()
    follower = Follower(other, heard)
    follower.start()
    # Once for what was said before it listened.
    await until(lambda: heard.count == 1)
    await change(database)
    await until(lambda: heard.count == 2)
    with pytest.raises(RuntimeError):
        async with database.begin() as connection:
            await announce(connection, 99)
            raise RuntimeError("not committed")
    await asyncio.sleep(0.1)
    assert heard.count == 2
    await follower.stop()
    await other.close()


@pytest.mark.allow_logs("changes of other servers are not heard of")
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_lost_connection_is_made_anew(
    database: Database, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("butler.engine.store.changes._RETRY_S", 0.05)
    heard = Counter()
    follower = Follower(database, heard)
    follower.start()
    await until(lambda: heard.count == 1)
    await asyncio.to_thread(postgres.hang_up)
    await until(lambda: heard.count == 2)
    await change(database)
    await until(lambda: heard.count == 3)
    await follower.stop()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_file_is_nobody_elses(database: Database) -> None:
    heard = Counter()
    follower = Follower(database, heard)
    follower.start()
    await change(database)
    await asyncio.sleep(0.05)
    await follower.stop()
    assert heard.count == 0
