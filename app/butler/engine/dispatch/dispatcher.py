"""The dispatcher: tries a verdict's targets in order until one answers."""

import asyncio
import logging
import math
import time
from collections.abc import Mapping, Sequence

from butler.engine.call import Attempt, Call, Target
from butler.engine.dispatch.answer import Answer, explained, open_answer
from butler.engine.dispatch.courses import Onward, may_pass
from butler.engine.dispatch.gate import plan
from butler.engine.dispatch.health import Health
from butler.engine.dispatch.queues import LIMIT, Queues
from butler.engine.dispatch.retries import Retries, pause
from butler.engine.dispatch.upstream import Exchange, Upstream
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.plan import Gate
from butler.engine.providers.base import Outgoing, Provider

_LARGE_BYTES = 1024 * 1024
_ANSWERS_LONG = 2
"""Further targets are tried for as long as so many answers may take; then nobody waits any more."""
_SOONEST_S = 1
_log = logging.getLogger(__name__)

Way = tuple[Target, Provider]


class Dispatcher:
    """Moves on to the next target for failures that allow it, until content has arrived."""

    def __init__(self, upstream: Upstream, health: Health | None = None, gate: Gate = plan) -> None:
        self._upstream = upstream
        self._health = health or Health()
        self._breakers = self._health.breakers
        self._gate = gate
        self._queues = Queues()

    async def answer(
        self, call: Call, targets: Sequence[Target], providers: Mapping[str, Provider]
    ) -> Answer:
        """Return the first target's answer that has content; whoever gets it must close it.

        Raises ClientError where policy forbids every target, else the last UpstreamError when
        none answers.
        """
        gated = self._gate(call, targets)
        if gated.error is not None:
            raise gated.error
        ways = [
            (target, providers[target.provider])
            for target in gated.targets
            if target.provider in providers
        ]
        if not ways:
            raise UpstreamError(
                FailureKind.REFUSED, "The chosen model is not configured any more.", status=503
            )
        try:
            if len(ways) == 1:
                return await self._persist(call, *ways[0])
            return await self._first_answer(call, ways)
        except UpstreamError as error:
            self._say_when(call, error, ways)
            raise

    def _say_when(self, call: Call, error: UpstreamError, ways: Sequence[Way]) -> None:
        """Tell the client when to come again, where that may help and no vendor has said it.

        Clients without a word come back at once, and all together.
        """
        if error.retry_after is None and may_pass(error):
            due_s = self._breakers.due_s(target for target, _ in ways)
            soon_s = call.runtime.patience.failure_memory_ms / 1000
            error.retry_after = str(math.ceil(max(due_s, soon_s, _SOONEST_S)))

    async def _first_answer(self, call: Call, ways: Sequence[Way]) -> Answer:
        onward = Onward(call)
        failure: UpstreamError | None = None
        until = time.monotonic() + _ANSWERS_LONG * call.runtime.timeouts.total_ms / 1000
        for target, provider in ways:
            if failure is not None and time.monotonic() >= until:
                break
            if not onward.allows(target):
                continue
            reason = self._breakers.keeps_away(target)
            if reason is not None:
                call.attempts.append(Attempt(target, outcome="skipped", error=reason))
                continue
            try:
                return await self._persist(call, target, provider)
            except UpstreamError as error:
                failure = error
                onward.note(target, error.kind)
        if failure is not None:
            raise failure
        # All are kept away: to try the one that is due first is better than to try none.
        soonest = self._breakers.soonest(target for target, _ in ways)
        return await self._persist(call, soonest, dict(ways)[soonest])

    async def _persist(self, call: Call, target: Target, provider: Provider) -> Answer:
        """Try one target, again and again where that may help and time allows."""
        retries: Retries | None = None
        while True:
            try:
                return await self._attempt(call, target, provider)
            except UpstreamError as error:
                retries = retries or Retries(call)
                pause_s = retries.pause_s(error)
                if pause_s is None:
                    raise
            await pause(call, pause_s)

    async def _attempt(self, call: Call, target: Target, provider: Provider) -> Answer:
        attempt = Attempt(target, outcome="cancelled")
        call.attempts.append(attempt)
        is_probe = self._breakers.begin(target)
        started_ns = time.perf_counter_ns()
        try:
            answer = await self._exchange(call, attempt, provider)
        except UpstreamError as error:
            attempt.outcome, attempt.failure = "failed", error.kind
            attempt.status, attempt.error = error.status, error.for_log
            self._health.failed(target, error, call.runtime.patience)
            raise
        finally:
            attempt.ms = (time.perf_counter_ns() - started_ns) / 1e6
            if is_probe:
                self._breakers.end_probe(target)
        attempt.outcome = "answered"
        call.target = target
        self._health.answered(target, attempt.ms)
        return answer

    async def _exchange(self, call: Call, attempt: Attempt, provider: Provider) -> Answer:
        patience = call.runtime.patience
        connection = provider.connection
        place = None
        if LIMIT in connection.options:
            place = await self._queues.enter(connection, patience.queue_ms)
        exchange: Exchange | None = None
        try:
            if len(call.asked.raw) <= _LARGE_BYTES:
                outgoing = _prepared(call, provider, attempt.target)
            else:
                # What takes long must not make all others wait.
                outgoing = await asyncio.to_thread(_prepared, call, provider, attempt.target)
            exchange = await self._upstream.send(
                outgoing,
                call.runtime.timeouts,
                streamed=call.asked.stream,
                options=connection.options,
            )
            attempt.status = exchange.status
            if not 200 <= exchange.status < 300:
                refusal = await exchange.error_body()
                raise explained(provider, exchange, refusal, outgoing.dialect)
            answer = await open_answer(call, provider, exchange, outgoing.dialect)
        except BaseException:
            # Whatever ends the attempt, the client's leaving too, ends the upstream's work.
            if exchange is not None:
                exchange.close()
            if place is not None:
                place.leave()
            raise
        answer.place = place
        answer.on_break = lambda error: self._health.failed(attempt.target, error, patience)
        return answer


def _prepared(call: Call, provider: Provider, target: Target) -> Outgoing:
    """Return what to send; where that fails, nothing is said of the target's health."""
    try:
        return provider.prepare(call, target)
    except UpstreamError:
        raise
    except Exception as error:  # the border to a vendor's file
        _log.exception("the provider of %s could not prepare a call", target)
        raise UpstreamError(
            FailureKind.UNSUPPORTED, "This can not be put into the provider's words.", status=400
        ) from error
