"""A dry run: the routing chain decides, no model is called.

What is told of it comes from the evaluation that decided: the router goes on asking after its
verdict, which is how the runner-up is found.
"""

import time
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import orjson
from multidict import CIMultiDict

from butler.engine.call import Call, Caller, Request, RuntimeView, Step
from butler.engine.errors import ClientError
from butler.engine.routing.names import NameBook
from butler.engine.routing.router import Router
from butler.engine.routing.weighing import Weighed
from butler.engine.signals.features import Features
from butler.engine.store.ids import new_id


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as that matters: the headers that a tool sends, and its token.

    `known` are features that are known from elsewhere, as those of a past call are.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    caller: Caller | None = None
    known: Mapping[str, Any] = field(default_factory=dict)


NOBODY = Asker()
"""Nobody in particular."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """A call that was decided and not made; without a verdict `error` says why.

    `trace` ends with the decision; `runner_up` is what would have decided otherwise.
    """

    call: Call
    decided: Weighed | None
    runner_up: Weighed | None
    trace: tuple[Step, ...]
    error: ClientError | None
    ms: float


async def dry_run(
    runtime: RuntimeView,
    names: NameBook,
    router: Router,
    asked: Mapping[str, Any] | Request,
    asker: Asker = NOBODY,
) -> DryRun:
    """Decide for a chat's body, or for a request as it was read.

    Raises ClientError for a model name that leads nowhere.
    """
    started_ns = time.perf_counter_ns()
    call = _call(runtime, names, asked, asker)
    decided = runner_up = error = None
    trace: tuple[Step, ...] = ()
    ms = 0.0
    async with aclosing(router.consider(call)) as considered:
        try:
            async for weighed in considered:
                if decided is not None:
                    runner_up = weighed
                    break
                decided, trace = weighed, tuple(call.trace)
                ms = _since_ms(started_ns)
        except ClientError as refusal:
            error = refusal
    if decided is None:
        return DryRun(call, None, None, tuple(call.trace), error, _since_ms(started_ns))
    call.verdict, call.target = decided.verdict, decided.target
    return DryRun(call, decided, runner_up, trace, None, ms)


def _since_ms(started_ns: int) -> float:
    return (time.perf_counter_ns() - started_ns) / 1e6


def _call(
    runtime: RuntimeView, names: NameBook, asked: Mapping[str, Any] | Request, asker: Asker
) -> Call:
    call = Call(new_id("dry"), "explain", runtime, CIMultiDict(asker.headers))
    features = Features(call)
    features.take_over(**asker.known)
    call.known = features
    call.caller = asker.caller
    call.request = asked if isinstance(asked, Request) else _request(asked)
    call.explicit = names.resolve(call.request.model)
    return call


def _request(data: Mapping[str, Any]) -> Request:
    model = data.get("model")
    return Request(
        raw=orjson.dumps(dict(data)),
        data=data,
        model=model if isinstance(model, str) else None,
        stream=data.get("stream") is True,
        wants_usage=False,
    )
