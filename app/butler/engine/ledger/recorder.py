"""The recorder: takes finished calls off the hot path and writes them down in batches."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from butler.engine.call import Call
from butler.engine.errors import StoreError
from butler.engine.ledger.gathering import Gathering
from butler.engine.ledger.policy import Policy, nothing_wanted
from butler.engine.ledger.rows import row_of
from butler.engine.ledger.words import WordKeeper
from butler.engine.store import requests, rollups
from butler.engine.store.database import Database
from butler.engine.store.requests import RequestRecord

_log = logging.getLogger(__name__)

FLUSH_EVERY_MS = 200
_RETRY_EVERY_MS = 1_000
_MAX_WAITING = 50_000
_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Finished:
    """A call that has ended, with what only its revision knows.

    `observe` is None where nobody wants to learn from it.
    """

    call: Call
    base_url: str | None
    observe: Callable[[Call], Awaitable[None]] | None


class Recorder:
    """Queues finished calls; `recorded` is told of each row, stored or waiting for the database."""

    def __init__(
        self,
        database: Database,
        recorded: Callable[[list[RequestRecord]], None],
        policy: Callable[[], Policy] = nothing_wanted,
        words: WordKeeper | None = None,
    ) -> None:
        self._database = database
        self._recorded = recorded
        self._policy = policy
        self._words = words
        self._waiting: list[RequestRecord] = []
        self._instructive: deque[Finished] = deque()
        self._teaching: asyncio.Task[None] | None = None
        self._unwritten: list[RequestRecord] = []
        self._wake = asyncio.Event()
        self._flushed_at = 0.0
        self._task: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="recorder")

    def add(self, finished: Finished) -> None:
        """Queue one call's row; the call itself, and so its prompt, is kept only to learn from."""
        try:
            policy = self._policy()
            self._waiting.append(row_of(finished.call, finished.base_url, policy.baseline))
            if self._words is not None:
                self._words.add(finished.call, policy)
        except Exception:  # noqa: BLE001 - the border: the log must not end a call
            _log.exception("the call %s could not be put down", finished.call.id)
        if finished.observe is not None:
            self._teach(finished)
        self._wake.set()

    async def stop(self) -> None:
        """Write what is queued, then end."""
        self._stopping.set()
        self._wake.set()
        if self._task is not None:
            await self._task
        if self._teaching is not None:
            await self._teaching

    def _teach(self, finished: Finished) -> None:
        """Show a call to who learns from it, in order, as soon as its reply is out.

        Not with the log: who asks the same again at once is to find the answer kept.
        """
        self._instructive.append(finished)
        if self._teaching is None or self._teaching.done():
            self._teaching = asyncio.get_running_loop().create_task(self._learn(), name="learning")

    async def _learn(self) -> None:
        while self._instructive:
            finished = self._instructive.popleft()
            try:
                if finished.observe is not None:
                    await finished.observe(finished.call)
            except Exception:  # noqa: BLE001 - what can not be learned from is passed over
                _log.exception("nothing could be learned from the call %s", finished.call.id)
            # Many at once must not hold up who is being answered.
            await asyncio.sleep(0)

    async def _run(self) -> None:
        while not self._stopping.is_set() or self._waiting:
            if not self._wake.is_set():
                await self._wake.wait()
                self._flushed_at = asyncio.get_running_loop().time()
            await self._gather()
            self._flushed_at = asyncio.get_running_loop().time()
            self._wake.clear()
            await self._flush()
            if self._stopping.is_set() or self._unwritten:
                self._wake.set()

    async def _gather(self) -> None:
        """Let calls gather for one transaction; not while somebody waits for the end.

        The time that the last one took counts, so that under load none waits longer either.
        """
        pause_ms = _RETRY_EVERY_MS if self._unwritten else FLUSH_EVERY_MS
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self._flushed_at + pause_ms / 1000):
                await self._stopping.wait()

    async def _flush(self) -> None:
        rows, self._waiting = self._waiting, []
        self._unwritten += rows
        try:
            while self._unwritten:
                await self._write(self._unwritten[:_ROWS_AT_ONCE])
                del self._unwritten[:_ROWS_AT_ONCE]
        except StoreError as error:
            self._keep(error)
        except Exception:  # noqa: BLE001 - one row that does not fit must not take the others along
            await self._write_singly()
        if self._words is not None:
            await self._words.write()
        try:
            self._recorded(rows)
        except Exception:  # noqa: BLE001 - who looks on must not end the log
            _log.exception("a finished call could not be told of")

    async def _write(self, rows: list[RequestRecord]) -> None:
        """Store calls and what they add up to, both or neither."""
        gathered = Gathering(rows)
        async with self._database.begin() as connection:
            await requests.add_many(connection, rows)
            await rollups.add(connection, gathered.rollups(), gathered.histograms())

    async def _write_singly(self) -> None:
        waiting, self._unwritten = self._unwritten, []
        for row in waiting:
            try:
                await self._write([row])
            except StoreError as error:
                self._unwritten.append(row)
                self._keep(error)
            except Exception as error:  # noqa: BLE001 - the row's values may not reach the output
                _log.error("the call %s can not be stored: %s", row.id, type(error).__name__)

    def _keep(self, error: StoreError) -> None:
        """Hold rows for the next try; the oldest go when the database stays away for long."""
        lost = max(0, len(self._unwritten) - _MAX_WAITING)
        del self._unwritten[:lost]
        _log.error(
            "the request log can not be written (%d rows wait): %s", len(self._unwritten), error
        )
