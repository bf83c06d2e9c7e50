"""Limits at the door: how often a token may call, and how often a stranger may try one.

They live as long as the process, so that an edit of the configuration resets nothing.
"""

import ipaddress
import math
import time
from collections import deque
from collections.abc import Callable
from typing import NoReturn

from butler.engine.call import Caller
from butler.engine.errors import ClientError

_MINUTE_S = 60.0
_FAILURES_PER_MINUTE = 60
_MOST_PEERS = 10_000

Clock = Callable[[], float]


class RequestLimits:
    """Counts the calls of each limited token over the last sixty seconds."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}

    def count(self, caller: Caller) -> None:
        """Count a call; raises ClientError (429, with the wait) when it is one too many.

        A call that is refused does not count: whoever goes on trying is not locked out for good.
        """
        limit = caller.requests_per_minute
        if limit is None:
            return
        now = self._clock()
        calls = self._calls.setdefault(caller.id, deque())
        _forget_before(calls, now - _MINUTE_S)
        if len(calls) >= limit:
            _refuse(
                calls[len(calls) - limit],
                now,
                "rate_limit_exceeded",
                f"The token {caller.name!r} may make {limit} requests a minute.",
            )
        calls.append(now)


class FailedTokens:
    """Counts wrong tokens by the address that they really came from, over the last minute.

    A right token always passes: nobody locks others out by failing from their address, and 256
    random bits are not guessed. What the limit stops is a flood of attempts that costs us time.
    """

    def __init__(
        self, per_minute: int = _FAILURES_PER_MINUTE, clock: Clock = time.monotonic
    ) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._failures: dict[str, deque[float]] = {}

    def count(self, peer: str | None) -> None:
        """Count a failure; raises ClientError (429, with the wait) when there were too many."""
        now = self._clock()
        failures = self._of(_network(peer))
        _forget_before(failures, now - _MINUTE_S)
        if len(failures) >= self._per_minute:
            _refuse(
                failures[0], now, "too_many_failures", "Too many wrong API keys came from here."
            )
        failures.append(now)

    def _of(self, network: str) -> deque[float]:
        known = self._failures.pop(network, None)
        if len(self._failures) >= _MOST_PEERS:
            # The one that has been quiet for longest; they stand in the order of their last try.
            del self._failures[next(iter(self._failures))]
        self._failures[network] = failures = deque() if known is None else known
        return failures


def _forget_before(times: deque[float], start: float) -> None:
    while times and times[0] <= start:
        times.popleft()


def _refuse(oldest: float, now: float, code: str, message: str) -> NoReturn:
    wait_s = max(1, math.ceil(oldest + _MINUTE_S - now))
    raise ClientError(
        429,
        code,
        f"{message} Try again in {wait_s} s.",
        type_="rate_limit_error",
        retry_after_s=wait_s,
    )


def _network(peer: str | None) -> str:
    """Return whom an address stands for: with IPv6 everybody has a whole network of them."""
    try:
        address = ipaddress.ip_address((peer or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
