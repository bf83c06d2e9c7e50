"""What is done behind what serves: one job after the other, none of which may end anything."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

_log = logging.getLogger(__name__)
_MOST_WAITING = 1_000
_LONGEST_END_S = 5.0

Job = Callable[[], Awaitable[None]]


class Chores:
    """A queue of jobs and the one task that does them, in order."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work."""
        self._task = asyncio.create_task(self._work(), name=self._name)

    @property
    def is_full(self) -> bool:
        """Whether so much waits that what can be left out should be."""
        return self._jobs.qsize() >= _MOST_WAITING

    def add(self, job: Job) -> None:
        """Do this when its turn comes."""
        self._jobs.put_nowait(job)

    async def done(self) -> None:
        """Wait until nothing waits any more."""
        await self._jobs.join()

    async def close(self) -> None:
        """Finish, within a few seconds, then end."""
        if self._task is None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_END_S):
                await self._jobs.join()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            job = await self._jobs.get()
            try:
                await job()
            except Exception as error:  # noqa: BLE001 - disks and models share no base of errors
                _log.error("%s: a chore failed: %s", self._name, type(error).__name__)
            finally:
                self._jobs.task_done()
