"""How many calls a provider takes at once: the others wait for a place, for a limited time."""

import asyncio
import math
from collections import deque

from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.base import Connection

LIMIT = "max_concurrent"
"""The option of a provider that says how many calls it takes at once."""
_LONGEST_RETRY_AFTER_S = 60


class Place:
    """A call's place at a provider; to be left once its answer is over."""

    def __init__(self, queue: "_Queue") -> None:
        self._queue: _Queue | None = queue

    def leave(self) -> None:
        """Let the next one in; to leave twice does no harm."""
        queue, self._queue = self._queue, None
        if queue is not None:
            queue.leave()


class Queues:
    """The queues of all providers that take only some calls at once."""

    def __init__(self) -> None:
        self._queues: dict[str, _Queue] = {}

    async def enter(self, connection: Connection, wait_ms: int) -> Place | None:
        """Wait for a place; None where the provider takes any number.

        Raises UpstreamError (busy) when none gets free in time.
        """
        limit = connection.options.get(LIMIT)
        if not isinstance(limit, int) or limit < 1:
            return None
        queue = self._queues.setdefault(connection.name, _Queue())
        queue.limit = limit
        try:
            async with asyncio.timeout(wait_ms / 1000):
                await queue.enter()
        except TimeoutError:
            raise _busy(connection.name, limit, wait_ms) from None
        return Place(queue)


class _Queue:
    """Counts who is inside, and lets those who wait in by their turn."""

    def __init__(self) -> None:
        self.limit = 1
        self._inside = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def enter(self) -> None:
        if self._inside < self.limit:
            self._inside += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                # The place was handed over in the very moment in which nobody wanted it any more.
                self.leave()
            raise

    def leave(self) -> None:
        self._inside -= 1
        while self._waiting and self._inside < self.limit:
            turn = self._waiting.popleft()
            if not turn.done():
                self._inside += 1
                turn.set_result(None)


def _busy(name: str, limit: int, wait_ms: int) -> UpstreamError:
    return UpstreamError(
        FailureKind.BUSY,
        f"The provider {name} is answering {limit} calls already, as many as its settings allow "
        "at once.",
        status=429,
        retry_after=str(min(_LONGEST_RETRY_AFTER_S, max(1, math.ceil(wait_ms / 1000)))),
    )
