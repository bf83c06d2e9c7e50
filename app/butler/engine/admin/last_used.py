"""When tokens were last used: known at once, stored once a minute, and never a revision."""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from butler.engine.errors import StoreError
from butler.engine.store import tokens
from butler.engine.store.database import Database
from butler.engine.store.requests import RequestRecord
from butler.engine.store.tokens import TokenRecord

STORE_EVERY_S = 60.0
_log = logging.getLogger(__name__)


class LastUsed:
    """Gathers uses from the rows of the log, and writes them down in batches."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, datetime] = {}
        self._unwritten: dict[str, datetime] = {}
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="last-used")

    async def stop(self) -> None:
        """Write what is known, then end."""
        self._stopping.set()
        if self._task is not None:
            await self._task

    def saw(self, rows: Iterable[RequestRecord]) -> None:
        """Note the calls of some rows of the log."""
        for row in rows:
            if row.token_id is not None:
                at = max(row.started_at, self._known.get(row.token_id, row.started_at))
                self._known[row.token_id] = self._unwritten[row.token_id] = at

    def of(self, token: TokenRecord) -> datetime | None:
        """Return when a token was last used, as far as the store or we know."""
        times = (token.last_used_at, self._known.get(token.id))
        return max((at for at in times if at is not None), default=None)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(STORE_EVERY_S):
                    await self._stopping.wait()
            await self._write()

    async def _write(self) -> None:
        used, self._unwritten = self._unwritten, {}
        if not used:
            return
        try:
            async with self._database.begin() as connection:
                await tokens.touch(connection, used)
        except StoreError as error:
            self._unwritten = used | self._unwritten
            _log.error("when tokens were last used can not be written: %s", error)
