"""Upkeep: once a day what is too old goes, a little at a time, and missing roll-ups are made."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.errors import ButlerError
from butler.engine.ledger.policy import Retention
from butler.engine.store import bodies, requests, rollups
from butler.engine.store.database import Database
from butler.engine.store.measures import quarter_of

_log = logging.getLogger(__name__)

_ROWS_AT_ONCE = 200
_BREATH_S = 0.01
"""Between two portions, so that the recorder has its turn."""
_LOOK_EVERY_S = 600.0

Forget = Callable[[AsyncConnection], Awaitable[int]]


def _now() -> datetime:
    return datetime.now(UTC)


class Upkeep:
    """Looks after the log at the start, and then whenever a new day (UTC) has begun.

    It looks at the clock instead of sleeping for a day: machines sleep, too.
    """

    def __init__(
        self,
        database: Database,
        retention: Callable[[], Retention],
        now: Callable[[], datetime] = _now,
        look_every_s: float = _LOOK_EVERY_S,
    ) -> None:
        self._database = database
        self._retention = retention
        self._now = now
        self._look_every_s = look_every_s
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look after the log."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="upkeep")

    async def stop(self) -> None:
        """End after the portion at hand."""
        self._stopping.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        done_on = None
        while not self._stopping.is_set():
            today = self._now().date()
            if today != done_on:
                try:
                    await self.work()
                    done_on = today
                except ButlerError as error:
                    _log.error("old entries of the log could not be deleted: %s", error)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._look_every_s):
                    await self._stopping.wait()

    async def work(self) -> None:
        """Do the day's work. Raises StoreError when the database is away."""
        retention = self._retention()
        now = self._now()
        until = quarter_of(now - timedelta(days=retention.statistics_days))
        await self._make_missing(until if retention.statistics_days else 0)
        if retention.requests_days:
            old = now - timedelta(days=retention.requests_days)
            await self._forget(lambda it: requests.delete_before(it, old, _ROWS_AT_ONCE))
            await self._forget(lambda it: bodies.delete_some(it, _ROWS_AT_ONCE, old))
        if retention.bodies_days:
            older = now - timedelta(days=retention.bodies_days)
            await self._forget(lambda it: bodies.delete_some(it, _ROWS_AT_ONCE, older))
        if retention.statistics_days:
            await self._forget(lambda it: _forget_a_week(it, until))

    async def _make_missing(self, since: int) -> None:
        """Make the roll-ups of weeks that have none: those before there were any.

        Weeks that are over before the quarter `since` were forgotten, and stay so.
        """
        async with self._database.connect() as connection:
            weeks = await rollups.missing_weeks(connection)
        for week in weeks:
            if self._stopping.is_set():
                return
            if week + rollups.WEEK <= since:
                continue
            async with self._database.begin() as connection:
                await rollups.rebuild(connection, week)
            await asyncio.sleep(_BREATH_S)

    async def _forget(self, forget: Forget) -> None:
        """Delete portion by portion, each in a transaction of its own, until none is left."""
        gone = 1
        while gone and not self._stopping.is_set():
            async with self._database.begin() as connection:
                gone = await forget(connection)
            await asyncio.sleep(_BREATH_S)


async def _forget_a_week(connection: AsyncConnection, until: int) -> int:
    """Delete the roll-ups of the oldest week, if all of it is too old; returns how many weeks."""
    oldest = await rollups.oldest(connection, rollups.WEEK)
    if oldest is None or oldest + rollups.WEEK > until:
        return 0
    await rollups.forget_week(connection, oldest)
    return 1
