"""All that is said to SQLite alone: its file, its pragmas and how its transactions begin."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

WRITES = "butler_writes"
"""Execution option of a connection that is going to write."""

_BUSY_TIMEOUT_MS = 5_000
_SMALLEST_DATABASE = 512
_SIDE_FILES = ("", "-wal", "-shm")


def claim_file(path: Path) -> None:
    """Make the file and its directory, open to their owner only; an existing file stays as it is.

    Raises OSError when the place can not be written, or the file is too short for a database.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    # SQLite takes a file of a few bytes for an empty one and would write over it; larger ones it
    # judges itself. To open an existing file here could drop the locks that SQLite holds on it.
    elif 0 < path.stat().st_size < _SMALLEST_DATABASE:
        raise OSError("the file is too short to be a database")


def protect_file(path: Path) -> None:
    """Close an existing database to everybody but its owner. Raises OSError."""
    for suffix in _SIDE_FILES:
        part = path.with_name(path.name + suffix)
        if part.exists() and part.stat().st_mode & 0o077:
            part.chmod(0o600)


def settle_file(path: Path) -> None:
    """Bring onto the disk all that was committed: without this a loss of power may undo the latest.

    Raises sqlite3.Error.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def prepare_connections(engine: Engine, *, migrating: bool = False) -> None:
    """Set up every connection of an engine as it is made.

    While migrating, foreign keys are off, because SQLite rebuilds a table by dropping it and
    would cascade; and the journal is left alone, because the file may prove not to be ours.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        # The driver's own habit of opening transactions late would spoil BEGIN IMMEDIATE.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        if not migrating:
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        # A writer asks for its lock at once: one that reads first and writes later may be refused.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
