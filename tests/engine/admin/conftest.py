"""The house, once over a file and once over a PostgreSQL server: the admin API is the same."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.e2e.fixtures import FLUSH_MS
from tests.e2e.house import House
from tests.postgres import Postgres


@pytest.fixture(scope="session")
def moved_in_server(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, str]:
    """A database after an engine's first start on it, to be copied; and its first token."""
    url = postgres.template("moved_in")

    async def move_in() -> str:
        directory = tmp_path_factory.mktemp("moved-in-server")
        async with House(directory, {"BUTLER_DATABASE_URL": url}) as house:
            return house.token

    return urlsplit(url).path[1:], asyncio.run(move_in())


_NO_SQL_OF_THEIR_OWN = {
    "test_app.py",
    "test_connections.py",
    "test_control.py",
    "test_explain.py",
    "test_health.py",
    "test_openapi.py",
    "test_servers.py",
    "test_status.py",
    "test_surroundings.py",
}
"""What these are about is the same over any database, so they run over a file alone."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose the databases over which a test of the admin API runs, where it does not itself."""
    chosen = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "store" in metafunc.fixturenames and "store" not in chosen:
        alone = Path(metafunc.module.__file__ or "").name in _NO_SQL_OF_THEIR_OWN
        kinds = ["sqlite"] if alone else ["sqlite", "postgresql"]
        metafunc.parametrize("store", kinds, indirect=True)


@pytest.fixture
def store(
    request: pytest.FixtureRequest, tmp_path: Path, moved_in: tuple[Path, str]
) -> tuple[dict[str, str], str]:
    """A copy of a store after its first start: the environment that names it, its first token."""
    if request.param == "sqlite":
        directory, token = moved_in
        shutil.copytree(directory, tmp_path / "data")
        return {}, token
    template, token = request.getfixturevalue("moved_in_server")
    server: Postgres = request.getfixturevalue("postgres")
    return {"BUTLER_DATABASE_URL": server.copy(template)}, token


@pytest.fixture
async def house(
    tmp_path: Path, store: tuple[dict[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """An engine on free ports, with its first token, nothing configured and nothing recorded."""
    monkeypatch.setattr("butler.engine.ledger.recorder.FLUSH_EVERY_MS", FLUSH_MS)
    environment, token = store
    async with House(tmp_path / "data", environment) as living:
        living.token = token
        yield living


@pytest.fixture
def sql(store: tuple[dict[str, str], str], tmp_path: Path) -> Callable[[str], list[Any]]:
    """Runs a statement past the engine, and returns the rows that it finds."""
    url = store[0].get("BUTLER_DATABASE_URL")

    def run(statement: str) -> list[Any]:
        if url is not None:
            with psycopg.connect(url) as server:
                done = server.execute(statement.encode())
                return done.fetchall() if done.description else []
        file = sqlite3.connect(tmp_path / "data" / "butler.db")
        try:
            with file:
                return file.execute(statement).fetchall()
        finally:
            file.close()

    return run
