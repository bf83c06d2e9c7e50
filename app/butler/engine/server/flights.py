"""The requests that are being answered right now, and what becomes of the same one once more.

Clients that hear nothing, or a failure, send the same again, and many of them at once. Three
things are done about that, none of which alters a call:

- Where the exact cache would answer the second, if only it came later, the second waits for the
  first and gets its kept answer. Where the first fails, the next one leads; where its answer can
  not be kept, all go on by themselves.
- Any other request waits for its twin only where its client says that it tries again. Equal
  requests that say nothing are left alone: somebody wants several answers.
- What has just failed everywhere fails again at once for a moment, shorter than the pause that
  the client was asked for, unless one of the models that were tried has answered meanwhile.

Nobody waits for longer than the owner allows; who has, goes on alone.
"""

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Self

from butler.engine.call import Call, Outcome, Replay, Step, Target
from butler.engine.dispatch.courses import may_pass
from butler.engine.dispatch.retries import clients_tries
from butler.engine.errors import UpstreamError
from butler.engine.kept import KeptAnswer

_TAIL_BYTES = 64
_MOST_FAILURES = 256
_LAYER = "exact_cache"

_Place = tuple[object, ...]
"""Who asks whom, and enough of the body that twins are found without reading all of it."""


class _Ended(Enum):
    """How a flight has ended that leaves no answer for others."""

    FAILED = "failed"
    NOT_KEPT = "not_kept"


@dataclass(frozen=True, slots=True)
class _Failure:
    """What a request met when it was last answered."""

    digest: bytes
    error: UpstreamError
    at: float
    until: float
    tried: frozenset[Target]


class Flight:
    """One request that is being answered; `with` ends it, however that goes."""

    __slots__ = ("_flights", "_landed", "call", "key", "place")

    def __init__(self, flights: "Flights", call: Call, place: _Place) -> None:
        self._flights = flights
        self._landed: asyncio.Future[KeptAnswer | _Ended] | None = None
        self.call = call
        self.place = place
        self.key: _Place | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._flights.end(self, error)

    async def landed(self, wait_s: float) -> KeptAnswer | _Ended | None:
        """Wait until it has ended; None where that takes too long."""
        if self._landed is None:
            self._landed = asyncio.get_running_loop().create_future()
        done, _ = await asyncio.wait([self._landed], timeout=wait_s)
        return self._landed.result() if done else None

    def land(self, error: BaseException | None) -> None:
        """Tell whoever waits; what they get is read only where somebody does."""
        if self._landed is None:
            return
        shared = self.call.shared
        if error is not None or self.call.status != 200:
            self._landed.set_result(_Ended.FAILED)
        else:
            self._landed.set_result((shared and shared.answer()) or _Ended.NOT_KEPT)


class Flights:
    """All flights, and the failures of the last moments; lives as long as the process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._in_the_air: dict[_Place, list[Flight]] = {}
        self._leaders: dict[_Place, Flight] = {}
        self._failures: dict[_Place, _Failure] = {}

    def begin(self, call: Call) -> Flight:
        """Note that a request is being answered, for as long as the `with` of this lasts.

        Raises UpstreamError where the same has failed a moment ago.
        """
        place = _place(call)
        if self._failures:
            self._fail_again(call, place)
        if tries := clients_tries(call.headers):
            call.warnings.append(f"the client itself tries again: its retry {tries}")
        flight = Flight(self, call, place)
        twins = self._in_the_air.get(place)
        if twins is None:
            self._in_the_air[place] = [flight]
        else:
            twins.append(flight)
        return flight

    async def company(self, flight: Flight) -> Replay | None:
        """Wait for the same request where one is on its way; None: this one has to go itself."""
        call = flight.call
        wait_s = call.runtime.patience.twin_wait_ms / 1000
        if wait_s <= 0:
            return None
        started_ns = time.perf_counter_ns()
        try:
            if call.shared is not None:
                key = (flight.place[0], call.runtime.revision, call.shared.key)
                if key not in self._leaders:
                    self._leaders[key] = flight
                    flight.key = key
                    return None
                return await self._joined(flight, key, wait_s)
            if len(self._in_the_air[flight.place]) > 1 and clients_tries(call.headers):
                await self._hold_back(flight, wait_s)
            return None
        finally:
            call.pause_ns += time.perf_counter_ns() - started_ns

    async def _joined(self, flight: Flight, key: _Place, wait_s: float) -> Replay | None:
        call, started = flight.call, self._clock()
        while (leader := self._leaders.get(key)) is not None:
            left_s = wait_s - (self._clock() - started)
            ended = await leader.landed(left_s) if left_s > 0 else None
            if isinstance(ended, KeptAnswer):
                return _replay(call, ended, leader.call.id, self._clock() - started)
            if ended is not _Ended.FAILED:
                why = "takes too long" if ended is None else "has an answer that is not kept"
                call.warnings.append(f"waited for {leader.call.id}, the same request, which {why}")
                return None
        # Nobody is left to wait for: the others wait for this one.
        self._leaders[key] = flight
        flight.key = key
        return None

    async def _hold_back(self, flight: Flight, wait_s: float) -> None:
        started = self._clock()
        for twin in tuple(self._in_the_air[flight.place]):
            if twin is flight:
                break
            if twin.call.asked.raw == flight.call.asked.raw:
                await twin.landed(max(0.0, wait_s - (self._clock() - started)))
                ms = (self._clock() - started) * 1000
                flight.call.warnings.append(
                    f"held back for {ms:.0f} ms: {twin.call.id}, the same request, was on its way"
                )

    def end(self, flight: Flight, error: BaseException | None) -> None:
        """Let go of a flight, and tell whoever waits for it."""
        twins = self._in_the_air[flight.place]
        twins.remove(flight)
        if not twins:
            del self._in_the_air[flight.place]
        if flight.key is not None:
            del self._leaders[flight.key]
        flight.land(error)
        call = flight.call
        if isinstance(error, UpstreamError):
            self._remember(flight, error)
        elif self._failures and call.target is not None and call.status == 200:
            self._forget(call.target)

    def _remember(self, flight: Flight, error: UpstreamError) -> None:
        call, now = flight.call, self._clock()
        memory_s = call.runtime.patience.failure_memory_ms / 1000
        if memory_s <= 0 or not may_pass(error) or not call.attempts:
            return
        for place in [at for at, one in self._failures.items() if one.until <= now]:
            del self._failures[place]
        if len(self._failures) < _MOST_FAILURES:
            tried = frozenset(attempt.target for attempt in call.attempts)
            digest = _digest(call.asked.raw)
            self._failures[flight.place] = _Failure(digest, error, now, now + memory_s, tried)

    def _forget(self, answered: Target) -> None:
        for place in [at for at, one in self._failures.items() if answered in one.tried]:
            del self._failures[place]

    def _fail_again(self, call: Call, place: _Place) -> None:
        failure = self._failures.get(place)
        if failure is None or failure.digest != _digest(call.asked.raw):
            return
        now = self._clock()
        if failure.until <= now:
            del self._failures[place]
            return
        call.warnings.append(
            f"the same request failed {(now - failure.at) * 1000:.0f} ms ago: it fails again, "
            "and nobody was asked"
        )
        raise failure.error.again()


def _place(call: Call) -> _Place:
    asked = call.asked
    caller = call.caller.id if call.caller is not None else ""
    raw = asked.raw
    tail = raw[-_TAIL_BYTES:]
    return caller, call.endpoint, asked.model, asked.stream, call.runtime.revision, len(raw), tail


def _digest(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=16).digest()


def _replay(call: Call, answer: KeptAnswer, leader: str, waited_s: float) -> Replay:
    reason = f"the same was being asked, in {leader}"
    replay = Replay(answer, _LAYER, reason, joined=True)
    call.trace.append(Step(_LAYER, Outcome.DECIDED, reason, ms=waited_s * 1000))
    call.verdict = replay
    return replay
