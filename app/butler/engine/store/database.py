"""The database as the engine holds it: opened, upgraded, and lent out by the transaction."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, func, select
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from butler.contract.problems import ProblemCode
from butler.engine.errors import ButlerError, StoreError, problem
from butler.engine.store.address import file_of, read_address
from butler.engine.store.copies import keep_before
from butler.engine.store.migrate import load_scripts, schema_to_upgrade, upgrade
from butler.engine.store.sqlite import (
    WRITES,
    claim_file,
    prepare_connections,
    protect_file,
    settle_file,
)

_log = logging.getLogger(__name__)

_MIGRATING = 0x6275746C6572
"""The number of PostgreSQL's advisory lock under which one server at a time migrates."""

_READ_OPTIONS: dict[str, dict[str, Any]] = {
    # SQLite's readers see one instant anyway; PostgreSQL has to be asked for it.
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
_LAST_WRITE_S = 10.0
"""How long a change may take when the engine stops; what hangs must not keep it from ending."""


class Conflict(ButlerError):
    """A row breaks a rule of its table: a name is taken, or what it points at is gone."""


class Database:
    """Lends connections: many readers at a time, one writer."""

    def __init__(self, engine: AsyncEngine) -> None:
        reading = _READ_OPTIONS.get(engine.dialect.name, {})
        self._engine = engine
        self._reader = engine.execution_options(**reading)
        self._writer = engine.execution_options(**{WRITES: True})
        self._writing = asyncio.Lock()

    @classmethod
    async def open(cls, url: str | None, data_dir: Path) -> Self:
        """Open the database at `url` (without one: a file in `data_dir`) and upgrade its schema.

        Raises StoreError when it is unreadable, not ours or newer than this version; the
        database is then as it was.
        """
        address = read_address(url, data_dir)
        file = file_of(address)
        try:
            with _refusals(address):
                if file is not None:
                    await asyncio.to_thread(claim_file, file)
                await _migrate(address)
                if file is not None:
                    await asyncio.to_thread(protect_file, file)
                return cls(await asyncio.to_thread(_engine, address))
        except ModuleNotFoundError as error:
            raise _without_driver(error) from error
        except OSError as error:
            raise _unreadable(address, error) from error

    @property
    def file(self) -> Path | None:
        """The file that it is; None for a server."""
        return file_of(self._engine.url)

    @property
    def is_shared(self) -> bool:
        """Whether several servers may have this database open."""
        return self._engine.dialect.name == "postgresql"

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection for reading only; all it reads is as of one instant.

        Raises StoreError when the database stops answering, or when it is written through this.
        """
        with _refusals(self._engine.url):
            async with self._reader.connect() as connection:
                yield connection

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection for one write transaction: committed at the end, or undone by an error.

        Writers wait for each other. Raises Conflict when a row breaks a constraint, StoreError
        when the database can not be written.
        """
        async with self._writing:
            with _refusals(self._engine.url):
                async with self._writer.begin() as connection:
                    yield connection

    async def hear(self, channel: str, look_every_s: float) -> AsyncIterator[None]:
        """Yield once it listens to a channel of PostgreSQL, and at every word on it; else now and
        then.

        Raises StoreError when the connection is lost.
        """
        with _refusals(self._engine.url):
            async with self._engine.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                try:
                    await driver.set_autocommit(True)
                    await driver.execute(f"LISTEN {channel}")
                    while True:
                        yield
                        async for _ in driver.notifies(timeout=look_every_s, stop_after=1):
                            pass
                except self._engine.dialect.loaded_dbapi.Error as error:
                    raise _unreadable(self._engine.url, error) from error
                finally:
                    # It still listens, which whoever would be lent it next does not expect.
                    await connection.invalidate()

    async def settle(self) -> bool:
        """Make what was committed outlast a loss of power, too; tells whether it does now.

        A server has seen to that itself.
        """
        if self.file is None:
            return True
        try:
            await asyncio.to_thread(settle_file, self.file)
        except sqlite3.Error as error:
            _log.warning("The database could not be brought onto the disk: %s.", error)
            return False
        return True

    async def close(self) -> None:
        """Wait for the writer, but not for ever, and close every connection."""
        try:
            async with asyncio.timeout(_LAST_WRITE_S), self._writing:
                pass
        except TimeoutError:
            _log.warning("A change did not end in time and is undone.")
        await self._engine.dispose()


def _engine(address: URL, *, migrating: bool = False) -> AsyncEngine:
    """Build an engine that never puts stored values into an error message.

    It loads the driver from disk, so this is called in a thread.
    """
    options: dict[str, Any] = {"poolclass": NullPool} if migrating else {}
    if file_of(address) is None:
        options |= _server_options(address, migrating=migrating)
    engine = create_async_engine(address, hide_parameters=True, **options)
    if engine.dialect.name == "sqlite":
        prepare_connections(engine.sync_engine, migrating=migrating)
    return engine


def _server_options(address: URL, *, migrating: bool) -> dict[str, Any]:
    said = address.query.get("options", ())
    given = [said] if isinstance(said, str) else said
    return {
        # A server may have been restarted, or a firewall have grown tired, since the last use.
        "pool_pre_ping": not migrating,
        # The driver reads every other time zone from a file, inside the event loop.
        "connect_args": {"options": " ".join([*given, "-c TimeZone=UTC"])},
    }


async def _migrate(address: URL) -> None:
    scripts = await asyncio.to_thread(load_scripts)
    engine = await asyncio.to_thread(_engine, address, migrating=True)
    try:
        async with engine.connect() as connection:
            current = await connection.run_sync(schema_to_upgrade, scripts)
        if current is not None:
            await _keep_a_copy(address, current)
        async with engine.execution_options(**{WRITES: True}).begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
            await connection.run_sync(upgrade, scripts)
    finally:
        await engine.dispose()


async def _keep_a_copy(address: URL, schema: str) -> None:
    """Copy what is about to be upgraded; of a server we can not, and say so."""
    file = file_of(address)
    if file is None:
        _log.info(
            "The schema of the database is upgraded from %s, in one transaction. "
            "Backups of a PostgreSQL server are its owner's to make.",
            schema,
        )
        return
    kept = await asyncio.to_thread(keep_before, f"upgrade-of-{schema}", file)
    _log.info("Before its schema was upgraded, the database was copied to %s.", kept)


@contextmanager
def _refusals(address: URL) -> Iterator[None]:
    """Turn what the driver raises into our errors; a mistake in our SQL stays what it is."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict("Another entry has this name, or what it names is gone.") from error
    except (ProgrammingError, DataError):
        raise
    except DatabaseError as error:
        raise _unreadable(address, error) from error


def _unreadable(address: URL, error: Exception) -> StoreError:
    cause = error.orig if isinstance(error, DatabaseError) else error
    # Drivers give advice in further lines, which the hint does better.
    why = str(cause).partition("\n")[0].rstrip(".")
    # Its parameters may hold passwords, too.
    place = address.set(query={}).render_as_string(hide_password=True)
    return StoreError(
        problem(
            ProblemCode.DATABASE_UNREADABLE,
            f"The database {place} can not be used: {why}.",
            _hint(address),
        )
    )


def _without_driver(error: ModuleNotFoundError) -> StoreError:
    return StoreError(
        problem(
            ProblemCode.DATABASE_UNREADABLE,
            f"PostgreSQL needs the package {error.name!r}, which is not installed.",
            "Install the extra `postgres`: pip install 'smart-routing-butler[postgres]'.",
        )
    )


def _hint(address: URL) -> str:
    if file_of(address) is None:
        return "Check that the server runs and that BUTLER_DATABASE_URL names it rightly."
    return (
        "Check that the file is a database of this program and that you may write to it and its "
        "directory, restore a backup, or start with another data directory. Nothing was changed."
    )
