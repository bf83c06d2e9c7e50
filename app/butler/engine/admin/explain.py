"""`/api/v1/explain`: what would happen to a request, and why; no model is called."""

from typing import Any

from aiohttp import web

from butler.contract.problems import ProblemCode
from butler.contract.resources import ExplainIn, Explanation, TraceStep
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import read, reply
from butler.engine.call import Call
from butler.engine.errors import ConfigError, problem
from butler.engine.ledger.rows import step_row
from butler.engine.routing.explain import dry_run


class ExplainResource:
    """The dry run."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.post("/api/v1/explain", self._explain)]

    async def _explain(self, request: web.Request) -> web.Response:
        wanted = await read(request, ExplainIn)
        runtime = self._control.changes.runtime
        call, ms = await dry_run(runtime, runtime.names, runtime.router, _body(wanted))
        return reply(_explanation(wanted.id, call, ms), runtime.revision)


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


def _explanation(id_: str | None, call: Call, ms: float) -> Explanation:
    verdict = call.verdict
    targets = [str(target) for target in verdict.targets] if verdict else []
    guess = call.known.task
    return Explanation(
        id=id_,
        task=guess.task.value,
        task_confidence=round(guess.confidence, 4),
        cues=list(guess.cues),
        layer=verdict.layer if verdict else None,
        rule=verdict.rule if verdict else None,
        target=targets[0] if targets else None,
        fallbacks=targets[1:],
        input_tokens=call.known.input_tokens,
        trace=[TraceStep.model_validate(step_row(step)) for step in call.trace],
        ms=round(ms, 3),
    )
