"""The router: asks the layers in order; the first verdict wins, and every answer is traced."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from butler.engine.call import Call, Outcome, Step, Verdict
from butler.engine.errors import ClientError
from butler.engine.plan import Gate, ungated
from butler.engine.routing.guards import Guards
from butler.engine.routing.layer import Layer, Notes, learn_nothing
from butler.engine.routing.weighing import Ranks, Weighed, weigh

_log = logging.getLogger(__name__)


_Resort = tuple[Step, Weighed]
"""A verdict that can not stand, with its line in the trace."""


class _BudgetSpent(Exception):
    """A layer took longer than it may."""


class Router:
    """The routing chain of one revision."""

    def __init__(
        self, layers: Sequence[Layer], gate: Gate = ungated, guards: Guards | None = None
    ) -> None:
        self.layers = tuple(layers)
        self._gate = gate
        self._guards = guards or Guards(())
        self._learning = tuple(
            layer for layer in self.layers if type(layer).observe is not learn_nothing
        )
        self._noting = tuple(layer for layer in self.layers if isinstance(layer, Notes))

    @property
    def learns(self) -> bool:
        """Say whether any layer looks at finished calls."""
        return bool(self._learning)

    def bind(self, call: Call) -> None:
        """Bind a call that nobody routes to what privacy rules allow."""
        self._guards.bind(call)

    async def decide(self, call: Call) -> Verdict:
        """Return the first verdict that can stand; raises ClientError when there is none.

        A layer that fails or runs out of time passes: routing never costs a call its answer.
        """
        try:
            async with aclosing(self.consider(call)) as considered:
                weighed = await anext(considered)
        finally:
            # Nobody waits for it any more; who keeps the answer asks again, at leisure.
            embedding = call.known.embedding_if_asked
            if embedding is not None:
                embedding.cancel()
        call.verdict = weighed.verdict
        if weighed.plan.warning is not None:
            call.warnings.append(weighed.plan.warning)
        for layer in self._noting:
            layer.note(call, weighed)
        return weighed.verdict

    async def consider(self, call: Call) -> AsyncGenerator[Weighed, None]:
        """Give the verdicts from the best down; whoever stops asking costs no more.

        Those that can stand come first, in the layers' order; then those whose best attempt may
        fail. Raises ClientError when there is nothing, saying what policy has forbidden.
        """
        self._guards.bind(call)
        resorts: list[_Resort] = []
        is_found = False
        async with aclosing(self._standing(call, resorts)) as standing:
            async for weighed in standing:
                is_found = True
                yield weighed
        for step, weighed in sorted(resorts, key=_is_unable):
            if weighed.plan.targets:
                if not is_found:
                    _write_down(step, weighed)
                is_found = True
                yield weighed
        if not is_found:
            raise next((one.plan.error for _, one in resorts if one.plan.error), _no_target())

    async def _standing(self, call: Call, resorts: list[_Resort]) -> AsyncGenerator[Weighed, None]:
        """Give the verdicts that can stand; gather the others as resorts."""
        for layer in self.layers:
            verdict = await self._ask(layer, call)
            if verdict is None:
                continue
            step, weighed = call.trace[-1], weigh(call, verdict, self._gate)
            if weighed.why_not is None:
                _write_down(step, weighed)
                yield weighed
                for other in layer.others(call, verdict) if isinstance(layer, Ranks) else ():
                    yield other
            else:
                step.reason = step.reason or f"{verdict.reason}, but {weighed.why_not}"
                resorts.append((step, weighed))
            # Who names a model gets that one, or a refusal.
            if call.explicit is not None:
                return

    async def _ask(self, layer: Layer, call: Call) -> Verdict | None:
        step = Step(layer.name)
        call.trace.append(step)
        started_ns = time.perf_counter_ns()
        verdict = None
        try:
            verdict = await _within_budget(layer, call)
        except _BudgetSpent:
            step.outcome, step.reason = Outcome.TIMED_OUT, f"not done within {layer.budget_ms} ms"
        except Exception as error:  # noqa: BLE001 - a broken layer must not break the call
            step.outcome, step.reason = Outcome.FAILED, f"failed: {type(error).__name__}"
            _log.exception("layer %s failed", layer.name)
        step.ms = (time.perf_counter_ns() - started_ns) / 1e6
        return verdict

    async def observe(self, call: Call) -> None:
        """Show the finished call to every layer that learns."""
        for layer in self._learning:
            try:
                await layer.observe(call)
            except Exception:  # noqa: BLE001 - the call is over: it can not be harmed
                _log.exception("layer %s could not observe", layer.name)


async def _within_budget(layer: Layer, call: Call) -> Verdict | None:
    """Ask a layer; raises _BudgetSpent when that takes too long."""
    if layer.budget_ms is None:
        return await layer.decide(call)
    try:
        async with asyncio.timeout(layer.budget_ms / 1000) as limit:
            return await layer.decide(call)
    except TimeoutError:
        # A layer's own time-out, of a socket say, is a failure like any other.
        if limit.expired():
            raise _BudgetSpent from None
        raise


def _is_unable(resort: _Resort) -> bool:
    """Rank what a target can not do behind what it may yet do, its breaker open or not."""
    return resort[1].plan.warning is not None


def _write_down(step: Step, weighed: Weighed) -> None:
    verdict = weighed.verdict
    step.outcome = Outcome.DECIDED
    note = weighed.note
    step.reason = f"{verdict.reason}; {note}" if note else verdict.reason
    step.score = verdict.score
    step.rule_id, step.rule = verdict.rule_id, verdict.rule


def _no_target() -> ClientError:
    return ClientError(
        503,
        "no_target",
        "No model is configured to answer this. Add a provider with `butler provider add`, "
        "or set the default target.",
        type_="server_error",
    )
