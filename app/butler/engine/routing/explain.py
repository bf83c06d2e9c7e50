"""A dry run: the routing chain decides, no model is called."""

import time
from collections.abc import Mapping
from typing import Any

import orjson

from butler.engine.call import Call, Request, RuntimeView
from butler.engine.errors import ClientError
from butler.engine.routing.names import NameBook
from butler.engine.routing.router import Router
from butler.engine.signals.features import Features
from butler.engine.store.ids import new_id


async def dry_run(
    runtime: RuntimeView, names: NameBook, router: Router, data: Mapping[str, Any]
) -> tuple[Call, float]:
    """Decide for a request body; returns the call with its trace, and the milliseconds it took.

    Raises ClientError for a model name that leads nowhere. Without any target the verdict
    stays None and the trace says why.
    """
    started_ns = time.perf_counter_ns()
    model = data.get("model")
    request = Request(
        raw=orjson.dumps(dict(data)),
        data=data,
        model=model if isinstance(model, str) else None,
        stream=False,
        wants_usage=False,
    )
    call = Call(new_id("dry"), "explain", runtime, {})
    call.known = Features(call)
    call.request = request
    call.explicit = names.resolve(request.model)
    try:
        await router.decide(call)
    except ClientError:
        call.verdict = None
    if call.verdict is not None:
        call.target = call.verdict.targets[0]
    return call, (time.perf_counter_ns() - started_ns) / 1e6
