"""The recorder: takes finished calls off the hot path and writes them down in batches."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from butler.engine.call import Call
from butler.engine.errors import StoreError
from butler.engine.ledger.rows import row_of
from butler.engine.store import requests
from butler.engine.store.database import Database
from butler.engine.store.requests import RequestRecord

_log = logging.getLogger(__name__)

FLUSH_EVERY_MS = 200
_ROWS_PER_TURN = 20
_MAX_WAITING = 50_000


@dataclass(frozen=True, slots=True)
class Finished:
    """A call that has ended, with what only its revision knows."""

    call: Call
    base_url: str | None
    observe: Callable[[Call], Awaitable[None]]


class Recorder:
    """Queues finished calls; `recorded` is called with each row after it has been stored."""

    def __init__(self, database: Database, recorded: Callable[[list[RequestRecord]], None]) -> None:
        self._database = database
        self._recorded = recorded
        self._waiting: list[Finished] = []
        self._unwritten: list[RequestRecord] = []
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="recorder")

    def add(self, finished: Finished) -> None:
        """Queue one call; costs an append."""
        self._waiting.append(finished)
        self._wake.set()

    async def stop(self) -> None:
        """Write what is queued, then end."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while not (self._stopping and not self._waiting):
            await self._wake.wait()
            if not self._stopping:
                await asyncio.sleep(FLUSH_EVERY_MS / 1000)
            self._wake.clear()
            await self._flush()
            if self._stopping:
                self._wake.set()

    async def _flush(self) -> None:
        batch, self._waiting = self._waiting, []
        rows = await self._rows(batch)
        self._unwritten += rows
        try:
            async with self._database.begin() as connection:
                await requests.add_many(connection, self._unwritten)
        except StoreError as error:
            self._keep(error)
        else:
            self._unwritten = []
        self._recorded(rows)
        for finished in batch:
            await finished.observe(finished.call)

    async def _rows(self, batch: list[Finished]) -> list[RequestRecord]:
        rows = []
        for index, finished in enumerate(batch):
            if index % _ROWS_PER_TURN == 0:
                # Streams in flight get their turn between a few rows.
                await asyncio.sleep(0)
            rows.append(row_of(finished.call, finished.base_url))
        return rows

    def _keep(self, error: StoreError) -> None:
        """Hold rows for the next try; the oldest go when the database stays away for long."""
        lost = max(0, len(self._unwritten) - _MAX_WAITING)
        del self._unwritten[:lost]
        _log.error(
            "the request log can not be written (%d rows wait): %s", len(self._unwritten), error
        )
