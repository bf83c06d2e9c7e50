"""The SQLite file: closed to others, journaled, and never left half claimed."""

import os
from pathlib import Path

import pytest

from butler.engine.store.database import Database
from butler.engine.store.sqlite import claim_file, protect_file

posix_only = pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@posix_only
def test_file_and_directory_are_the_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        claim_file(tmp_path / "data" / "butler.db")
    finally:
        os.umask(before)
    assert mode(tmp_path / "data") == 0o700
    assert mode(tmp_path / "data" / "butler.db") == 0o600


def test_an_existing_file_is_claimed_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "butler.db"
    content = b"SQLite format 3\x00" + bytes(1_000)
    path.write_bytes(content)
    claim_file(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [b"x", b"SQLite format 3\x00", b"x" * 511])
def test_a_file_too_short_for_a_database_is_not_claimed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "butler.db"
    path.write_bytes(content)
    with pytest.raises(OSError, match="too short"):
        claim_file(path)
    assert path.read_bytes() == content


@posix_only
def test_an_open_database_is_closed_with_its_side_files(tmp_path: Path) -> None:
    path = tmp_path / "butler.db"
    for part in (path, tmp_path / "butler.db-wal", tmp_path / "butler.db-shm"):
        part.touch()
        part.chmod(0o644)
    protect_file(path)
    assert {mode(part) for part in tmp_path.iterdir() if part.is_file()} == {0o600}


@posix_only
async def test_side_files_of_an_open_database_are_the_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        database = await Database.open(None, tmp_path / "data")
        async with database.begin() as connection:
            await connection.exec_driver_sql("INSERT INTO meta VALUES ('a', 'b')")
        modes = {path.name: mode(path) for path in _entries(tmp_path / "data")}
        await database.close()
    finally:
        os.umask(before)
    assert modes == {"butler.db": 0o600, "butler.db-wal": 0o600, "butler.db-shm": 0o600}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 1), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
async def test_connections_are_set_up(database: Database, pragma: str, value: object) -> None:
    for lend in (database.connect, database.begin):
        async with lend() as connection:
            found = await connection.exec_driver_sql(f"PRAGMA {pragma}")
            assert found.scalar_one() == value


def _entries(directory: Path) -> list[Path]:
    return list(directory.iterdir())
