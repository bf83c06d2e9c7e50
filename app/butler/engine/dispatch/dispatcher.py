"""The dispatcher: tries a verdict's targets in order until one answers."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from butler.engine.call import Attempt, Call, Target, Timeouts
from butler.engine.dispatch.answer import Answer, open_answer
from butler.engine.dispatch.upstream import Upstream
from butler.engine.errors import MOVES_ON, FailureKind, UpstreamError
from butler.engine.providers.base import Provider


class Dispatcher:
    """Moves on to the next target for failures that allow it, until content has arrived."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    @asynccontextmanager
    async def answer(
        self, call: Call, targets: Sequence[Target], providers: Mapping[str, Provider]
    ) -> AsyncIterator[Answer]:
        """Return the first target's answer that has content; raises the last UpstreamError.

        Leaving the block, for whatever reason, closes the upstream's connection.
        """
        failure = UpstreamError(
            FailureKind.REFUSED, "The chosen model is not configured any more.", status=503
        )
        for target in targets:
            provider = providers.get(target.provider)
            if provider is None:
                continue
            async with AsyncExitStack() as stack:
                attempt = Attempt(target)
                call.attempts.append(attempt)
                try:
                    answer = await self._attempt(call, attempt, provider, stack)
                except UpstreamError as error:
                    failure = error
                    if error.kind not in MOVES_ON:
                        break
                    continue
                call.target = target
                yield answer
                return
        raise failure

    async def _attempt(
        self, call: Call, attempt: Attempt, provider: Provider, stack: AsyncExitStack
    ) -> Answer:
        started_ns = time.perf_counter_ns()
        attempt.outcome = "cancelled"
        try:
            answer = await self._exchange(call, attempt, provider, stack)
        except UpstreamError as error:
            attempt.outcome, attempt.failure = "failed", error.kind
            attempt.status, attempt.error = error.status, error.message
            raise
        finally:
            attempt.ms = (time.perf_counter_ns() - started_ns) / 1e6
        attempt.outcome = "answered"
        return answer

    async def _exchange(
        self, call: Call, attempt: Attempt, provider: Provider, stack: AsyncExitStack
    ) -> Answer:
        outgoing = provider.prepare(call, attempt.target)
        timeouts: Timeouts = call.runtime.timeouts
        exchange = await stack.enter_async_context(
            self._upstream.send(outgoing, timeouts, streamed=call.asked.stream)
        )
        attempt.status = exchange.status
        if exchange.status != 200:
            body = await exchange.error_body()
            raise provider.explain_error(exchange.status, exchange.headers, body)
        return await open_answer(call, provider.dialect, exchange)
