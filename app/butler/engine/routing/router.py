"""The router: asks the layers in order; the first verdict wins, and every answer is traced."""

import asyncio
import logging
import time
from collections.abc import Sequence

from butler.engine.call import Call, Outcome, Step, Verdict
from butler.engine.errors import ClientError
from butler.engine.routing.layer import Layer, learn_nothing

_log = logging.getLogger(__name__)


class _BudgetSpent(Exception):
    """A layer took longer than it may."""


class Router:
    """The routing chain of one revision."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = tuple(layers)
        self._learning = tuple(
            layer for layer in self.layers if type(layer).observe is not learn_nothing
        )

    @property
    def learns(self) -> bool:
        """Say whether any layer looks at finished calls."""
        return bool(self._learning)

    async def decide(self, call: Call) -> Verdict:
        """Return the first verdict; raises ClientError when no layer decides.

        A layer that fails or runs out of time passes: routing never costs a call its answer.
        """
        for layer in self.layers:
            verdict = await self._ask(layer, call)
            if verdict is not None:
                call.verdict = verdict
                return verdict
        raise ClientError(
            503,
            "no_target",
            "No model is configured to answer this. Add a provider with `butler provider add`, "
            "or set the default target.",
            type_="server_error",
        )

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
        if verdict is not None:
            _write_down(step, verdict)
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


def _write_down(step: Step, verdict: Verdict) -> None:
    step.outcome = Outcome.DECIDED
    step.reason = verdict.reason
    step.score = verdict.score
    step.rule_id, step.rule = verdict.rule_id, verdict.rule
