"""A database in a real file, and connections to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An upgraded, empty database."""
    database = await Database.open(None, tmp_path / "data")
    yield database
    await database.close()


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[AsyncConnection]:
    """One write transaction around the whole test."""
    async with database.begin() as connection:
        yield connection
