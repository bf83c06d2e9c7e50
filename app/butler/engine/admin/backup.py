"""`/api/v1/backup` and `/api/v1/restore`: the whole store as one file, out and in."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from butler.contract.backup import BACKUP_NOTE, Restored
from butler.contract.problems import ProblemCode
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import NO_STORE, Clash, reply
from butler.engine.admin.routes import Raw, Route
from butler.engine.errors import ConfigError, StoreError, problem
from butler.engine.ledger.today import Today, local_midnight
from butler.engine.store import backup as store_backup
from butler.engine.store import requests

_PIECE_BYTES = 1024 * 1024
_MEDIA_TYPE = "application/vnd.sqlite3"


class BackupResource:
    """The store, to carry away and to bring back."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "POST",
                "backup",
                self._back_up,
                "The store as of now.",
                Raw(_MEDIA_TYPE, f"An SQLite file. {BACKUP_NOTE}"),
            ),
            Route(
                "POST",
                "restore",
                self._restore,
                "Put everything back as it is in a backup, which is the body; the state before "
                "is kept in a file.",
                Restored,
                refusals=(409,),
            ),
        ]

    async def _back_up(self, request: web.Request) -> web.StreamResponse:
        revision = self._control.changes.runtime.revision
        name = f"butler-{revision}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
        headers = {
            **NO_STORE,
            "Content-Type": _MEDIA_TYPE,
            "Content-Disposition": f'attachment; filename="{name}"',
        }
        async with self._own_directory() as directory:
            copy = directory / name
            await store_backup.back_up(self._control.database, copy)
            response = web.StreamResponse(headers=headers)
            response.content_length = (await asyncio.to_thread(copy.stat)).st_size
            await response.prepare(request)
            await _send(copy, response)
        return response

    async def _restore(self, request: web.Request) -> web.Response:
        async with self._own_directory() as directory:
            file = directory / "restore.db"
            await _receive(request, file)
            async with self._control.changes.aside("all as it is in a backup"):
                done = await self._restored(file)
                await self._count_today_anew()
        return reply(Restored(revision=done.revision, kept=str(done.kept)), done.revision)

    async def _restored(self, file: Path) -> store_backup.Restored:
        control = self._control
        try:
            return await store_backup.restore(
                control.database,
                file,
                control.facts.data_dir,
                control.vault.fits,
                control.changes.compile,
            )
        except (StoreError, ConfigError) as error:
            raise Clash(*error.problems) from error

    async def _count_today_anew(self) -> None:
        midnight = local_midnight()
        async with self._control.database.connect() as connection:
            totals = await requests.totals_since(connection, midnight)
        self._control.today = Today(totals, midnight)

    @asynccontextmanager
    async def _own_directory(self) -> AsyncIterator[Path]:
        """A place on the disk that holds the store: what fits there once may not fit into /tmp."""
        data_dir = self._control.facts.data_dir
        with _room():
            made = await asyncio.to_thread(tempfile.mkdtemp, prefix="backup-", dir=data_dir)
        try:
            yield Path(made)
        finally:
            await asyncio.to_thread(shutil.rmtree, made, ignore_errors=True)


async def _send(file: Path, response: web.StreamResponse) -> None:
    opened = await asyncio.to_thread(file.open, "rb")
    try:
        while piece := await asyncio.to_thread(opened.read, _PIECE_BYTES):
            await response.write(piece)
        await response.write_eof()
    finally:
        await asyncio.to_thread(opened.close)


async def _receive(request: web.Request, file: Path) -> None:
    """Write the body down as it comes: it may be larger than what any other body may be."""
    with _room():
        opened = await asyncio.to_thread(file.open, "xb")
        try:
            async for piece in request.content.iter_chunked(_PIECE_BYTES):
                await asyncio.to_thread(opened.write, piece)
        finally:
            await asyncio.to_thread(opened.close)


@contextmanager
def _room() -> Iterator[None]:
    """Say what a full disk, or one that can not be written, means for a backup."""
    try:
        yield
    except ConnectionError:
        raise
    except OSError as error:
        detail = f"There is no room for the backup in the data directory: {error.strerror}."
        hint = "Make room there and see that it can be written. Nothing was changed."
        raise StoreError(problem(ProblemCode.BACKUP_FAILED, detail, hint)) from error
