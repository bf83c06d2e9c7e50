"""The dispatcher: tries a verdict's targets in order until one answers."""

import logging
import time
from collections.abc import Mapping, Sequence

from butler.engine.call import Attempt, Call, Target
from butler.engine.dispatch.answer import Answer, open_answer
from butler.engine.dispatch.upstream import Upstream
from butler.engine.errors import MOVES_ON, FailureKind, UpstreamError
from butler.engine.providers.base import Outgoing, Provider

_log = logging.getLogger(__name__)


class Dispatcher:
    """Moves on to the next target for failures that allow it, until content has arrived."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def answer(
        self, call: Call, targets: Sequence[Target], providers: Mapping[str, Provider]
    ) -> Answer:
        """Return the first target's answer that has content; whoever gets it must close it.

        Raises the last UpstreamError when no target answers.
        """
        failure: UpstreamError | None = None
        for target in targets:
            provider = providers.get(target.provider)
            if provider is None:
                continue
            try:
                answer = await self._attempt(call, target, provider)
            except UpstreamError as error:
                failure = error
                if error.kind not in MOVES_ON:
                    break
            else:
                call.target = target
                return answer
        raise failure or UpstreamError(
            FailureKind.REFUSED, "The chosen model is not configured any more.", status=503
        )

    async def _attempt(self, call: Call, target: Target, provider: Provider) -> Answer:
        attempt = Attempt(target, outcome="cancelled")
        call.attempts.append(attempt)
        started_ns = time.perf_counter_ns()
        try:
            answer = await self._exchange(call, attempt, provider)
        except UpstreamError as error:
            attempt.outcome, attempt.failure = "failed", error.kind
            attempt.status, attempt.error = error.status, error.for_log
            raise
        finally:
            attempt.ms = (time.perf_counter_ns() - started_ns) / 1e6
        attempt.outcome = "answered"
        return answer

    async def _exchange(self, call: Call, attempt: Attempt, provider: Provider) -> Answer:
        outgoing = _prepared(call, provider, attempt.target)
        streamed = call.asked.stream
        exchange = await self._upstream.send(outgoing, call.runtime.timeouts, streamed=streamed)
        try:
            attempt.status = exchange.status
            if not 200 <= exchange.status < 300:
                body = await exchange.error_body()
                raise provider.explain_error(exchange.status, exchange.headers, body)
            return await open_answer(call, provider.dialect, exchange)
        except BaseException:
            # Whatever ends the attempt, the client's leaving too, ends the upstream's work.
            exchange.close()
            raise


def _prepared(call: Call, provider: Provider, target: Target) -> Outgoing:
    """Return what to send; a provider that fails at that is one that can not be reached."""
    try:
        return provider.prepare(call, target)
    except Exception as error:  # the border to a vendor's file
        _log.exception("the provider of %s could not prepare a call", target)
        raise UpstreamError(
            FailureKind.UNREADABLE, "The provider could not be asked.", status=502
        ) from error
