"""Another try at the same target: whether, and after which pause."""

import asyncio
import random
import time
from collections.abc import Mapping

from butler.engine.call import Call
from butler.engine.dispatch.courses import COURSES
from butler.engine.errors import UpstreamError
from butler.engine.providers.retry_after import seconds_of

FIRST_PAUSE_S = 0.4
_LONGEST_PAUSE_S = 4.0
_SPREAD_S = 0.25
_CLIENTS_OWN = ("x-stainless-retry-count", "x-retry-count")
"""In these the vendors' libraries, and others, say that they try again by themselves."""
_MOST_DIGITS = 4


def clients_tries(headers: Mapping[str, str]) -> int:
    """Return which retry of the client's own a call is; 0 is a first try, or one that is silent."""
    for name in _CLIENTS_OWN:
        own = headers.get(name, "0")
        if own != "0" and own.isdecimal() and len(own) <= _MOST_DIGITS:
            return int(own)
    return 0


class Retries:
    """Counts the tries of one call at one target."""

    def __init__(self, call: Call) -> None:
        self._patience = call.runtime.patience
        self._started = time.monotonic()
        # Client and house would multiply each other's tries.
        self._left = 0 if clients_tries(call.headers) else self._patience.retries
        self._done = 0

    def pause_s(self, error: UpstreamError) -> float | None:
        """Return how long to wait before the next try after this failure; None: no more tries.

        What the provider asks for is kept to; without a word from it the pauses grow, and differ
        at random, so that many callers do not come back all at once.
        """
        if self._left <= 0 or not COURSES[error.kind].again:
            return None
        asked_s = seconds_of(error.retry_after)
        if asked_s is not None:
            pause_s = asked_s + random.uniform(0, _SPREAD_S)  # noqa: S311 - no secret
        else:
            longest_s = min(_LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**self._done)
            pause_s = random.uniform(0, longest_s)  # noqa: S311 - no secret
        spent_s = time.monotonic() - self._started
        if (spent_s + (asked_s or 0.0)) * 1000 > self._patience.retry_time_ms:
            return None
        self._left -= 1
        self._done += 1
        return pause_s


async def pause(call: Call, seconds: float) -> None:
    """Wait between two tries; the time is no work of ours."""
    started_ns = time.perf_counter_ns()
    try:
        await asyncio.sleep(seconds)
    finally:
        call.pause_ns += time.perf_counter_ns() - started_ns
