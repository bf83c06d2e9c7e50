"""`/api/v1/explain`: what would happen to a request, and why; no model is called."""

import asyncio
from collections.abc import Mapping
from typing import Any, Literal

from aiohttp import web

from butler.contract.explanation import (
    ExplainIn,
    Explanation,
    PriceEstimate,
    RefusedTarget,
    RunnerUp,
    ThinkingInForce,
)
from butler.contract.problems import ProblemCode
from butler.contract.replay import ReplayIn
from butler.contract.resources import TraceStep
from butler.engine.admin.control import Control
from butler.engine.admin.drafting import drafted
from butler.engine.admin.exchange import nothing_called, read, reply
from butler.engine.admin.past import past_call
from butler.engine.admin.routes import Route
from butler.engine.admin.view import AdminRuntime
from butler.engine.call import Call, Caller, Request, ThinkingMode
from butler.engine.errors import ConfigError, problem
from butler.engine.ledger.rows import step_row
from butler.engine.routing.estimate import Estimate, estimate
from butler.engine.routing.explain import Asker, DryRun, dry_run
from butler.engine.routing.weighing import Weighed

_SOURCES: Mapping[str, Literal["owner", "catalogue", "local", "unpriced"]] = {
    "owner": "owner",
    "catalogue": "catalogue",
    "local": "local",
    "unpriced": "unpriced",
}


class ExplainResource:
    """The dry run."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "POST",
                "explain",
                self._explain,
                "Decide for a request without calling a model, and say why.",
                Explanation,
                body=ExplainIn,
                refusals=(404,),
            )
        ]

    async def _explain(self, request: web.Request) -> web.Response:
        wanted = await read(request, ExplainIn)
        changes = self._control.changes
        runtime = changes.runtime
        if wanted.settings:
            draft = ReplayIn(settings=wanted.settings)
            runtime = await asyncio.to_thread(drafted, changes, draft)
        asked, asker = await self._asked(wanted, runtime)
        run = await dry_run(runtime, runtime.names, runtime.router, asked, asker)
        return reply(_explanation(wanted.id, run), changes.runtime.revision)

    async def _asked(
        self, wanted: ExplainIn, runtime: AdminRuntime
    ) -> tuple[dict[str, Any] | Request, Asker]:
        """Return what is asked, and by whom: as it was sent here, or as it once came."""
        if wanted.request_id is None:
            return _body(wanted), Asker(wanted.headers, _caller(wanted.token, runtime))
        call = await past_call(self._control, wanted.request_id)
        known = {"client": call.known.client, "kind_of_call": call.known.kind_of_call}
        caller = _caller(wanted.token, runtime) if wanted.token else call.caller
        return call.asked, Asker({}, caller, known)


def _body(wanted: ExplainIn) -> dict[str, Any]:
    messages = wanted.messages
    if messages is None:
        if wanted.text is None:
            raise ConfigError(
                problem(
                    ProblemCode.MISSING,
                    "There is nothing to explain.",
                    "Send `text`, or `messages` as a client would.",
                    "text",
                )
            )
        messages = [{"role": "user", "content": wanted.text}]
    extra = wanted.model_extra or {}
    return {**extra, "model": wanted.model or "auto", "messages": messages}


def _caller(token: str | None, runtime: AdminRuntime) -> Caller | None:
    if token is None:
        return None
    for caller in runtime.tokens.values():
        if token in (caller.id, caller.name):
            return caller
    raise nothing_called("token", token)


def _explanation(id_: str | None, run: DryRun) -> Explanation:
    call, decided = run.call, run.decided
    verdict = decided.verdict if decided else None
    targets = _in_order(decided)
    guess = call.known.task
    return Explanation(
        id=id_,
        task=guess.task.value,
        task_confidence=round(guess.confidence, 4),
        cues=list(guess.cues),
        layer=verdict.layer if verdict else None,
        rule=verdict.rule if verdict else None,
        reason=verdict.reason if verdict else None,
        score=_rounded(verdict.score) if verdict else None,
        target=targets[0] if targets else None,
        fallbacks=targets[1:],
        input_tokens=call.known.input_tokens,
        thinking=_thinking(call),
        price=_price(call, decided),
        runner_up=_runner_up(call, run.runner_up),
        refused=_refused(decided),
        warnings=_warnings(run),
        trace=[TraceStep.model_validate(step_row(step)) for step in run.trace],
        ms=round(run.ms, 3),
    )


def _in_order(weighed: Weighed | None) -> list[str]:
    """Return the targets as they would be tried, those behind an open breaker last."""
    if weighed is None:
        return []
    kept_away = weighed.kept_away
    return [str(target) for target in sorted(weighed.plan.targets, key=kept_away.__contains__)]


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)


def _price(call: Call, weighed: Weighed | None) -> PriceEstimate | None:
    if weighed is None or weighed.target is None:
        return None
    found: Estimate = estimate(call, weighed.target)
    price = found.price
    return PriceEstimate(
        usd=found.usd,
        source=_SOURCES[price.source if price is not None else "unpriced"],
        input_tokens=found.input_tokens,
        input_usd=price.input_usd if price is not None else None,
        output_tokens=found.output_tokens,
        output_usd=price.output_usd if price is not None else None,
        output_source=found.output_source,
    )


def _runner_up(call: Call, weighed: Weighed | None) -> RunnerUp | None:
    if weighed is None or weighed.target is None:
        return None
    verdict = weighed.verdict
    return RunnerUp(
        layer=verdict.layer,
        rule=verdict.rule,
        reason=verdict.reason,
        score=_rounded(verdict.score),
        target=str(weighed.target),
        price=_price(call, weighed),
    )


def _refused(weighed: Weighed | None) -> list[RefusedTarget]:
    return [
        RefusedTarget(target=str(refused.target), why=refused.why, reason=refused.reason)
        for refused in (weighed.plan.refused if weighed else ())
    ]


def _warnings(run: DryRun) -> list[str]:
    if run.error is not None:
        return [run.error.message]
    if run.decided is None:
        return []
    told = [f"the breaker keeps calls away from {target}" for target in run.decided.kept_away]
    warning = run.decided.plan.warning
    return [*told, warning] if warning is not None else told


def _thinking(call: Call) -> ThinkingInForce | None:
    """Say who decides how the model is to think: rule, request, or the model's default."""
    if call.verdict is None or call.target is None:
        return None
    rule, word = call.verdict.thinking, call.known.thinking
    if rule is not None and rule.mode is not ThinkingMode.AUTO:
        return ThinkingInForce(mode=rule.mode, budget_tokens=rule.budget_tokens, source="rule")
    if word is not None:
        return ThinkingInForce(mode=word[:40], budget_tokens=None, source="request")
    default = call.runtime.facts(call.target).default_thinking
    if default is None:
        return None
    return ThinkingInForce(mode=default.mode, budget_tokens=default.budget_tokens, source="model")
