"""Changes made by other servers: PostgreSQL tells all who listen when one is committed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.errors import ConfigError, StoreError
from butler.engine.store.database import Database

_CHANNEL = "butler_config"
_RETRY_S = 1.0
_LOOK_EVERY_S = 30.0
"""A connection that died in silence is found out by then."""

_log = logging.getLogger(__name__)


async def announce(connection: AsyncConnection, revision: int) -> None:
    """Tell the other servers of a revision, as soon as this transaction is committed."""
    if connection.dialect.name == "postgresql":
        await connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (_CHANNEL, str(revision)))


class Follower:
    """Listens for other servers' changes; `catch_up` is asked to take over whatever is new.

    It is also asked after every new connection: what was said before that, nobody heard.
    """

    def __init__(self, database: Database, catch_up: Callable[[], Awaitable[None]]) -> None:
        self._database = database
        self._catch_up = catch_up
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen, where the database is one that several servers can share."""
        if self._database.is_shared:
            self._task = asyncio.get_running_loop().create_task(self._run(), name="follower")

    async def stop(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                async for _ in self._database.hear(_CHANNEL, _LOOK_EVERY_S):
                    await self._take_over()
            except StoreError as error:
                _log.error("changes of other servers are not heard of: %s", error)
            await asyncio.sleep(_RETRY_S)

    async def _take_over(self) -> None:
        try:
            await self._catch_up()
        except ConfigError as error:
            _log.error("a change of another server can not be put in force here: %s", error)
