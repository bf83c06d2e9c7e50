"""A database, once in a real file and once on a real server, and connections to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.database import Database
from tests.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """Where the store is: a file in the data directory, or an upgraded database of its own."""
    if request.param == "sqlite":
        return None
    server: Postgres = request.getfixturevalue("postgres")
    return server.upgraded()


@pytest.fixture
async def database(url: str | None, tmp_path: Path) -> AsyncIterator[Database]:
    """An upgraded, empty database."""
    database = await Database.open(url, tmp_path / "data")
    yield database
    await database.close()


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[AsyncConnection]:
    """One write transaction around the whole test."""
    async with database.begin() as connection:
        yield connection
