"""The tools whose injections are known, and a request without them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.caches.normalise import claude_code, cline, codex, copilot, openclaw
from butler.engine.caches.normalise.clock import asks_for_time
from butler.engine.caches.normalise.injection import Injection
from butler.engine.caches.normalise.rewriting import rewritten
from butler.engine.call import Call

INJECTIONS: tuple[Injection, ...] = (
    *claude_code.INJECTIONS,
    *codex.INJECTIONS,
    *openclaw.INJECTIONS,
    *copilot.INJECTIONS,
    *cline.INJECTIONS,
)


@dataclass(frozen=True, slots=True)
class Bare:
    """A request's body without what tools inject anew, and whose injections those were."""

    body: Mapping[str, Any]
    tools: tuple[str, ...]


def without_injected(call: Call) -> Bare | None:
    """Return a request without what its tool injects anew; None where there is nothing.

    Dates and hours stay where the user's words may be about them.
    """
    raw = call.asked.raw
    marked = [injection for injection in INJECTIONS if injection.mark in raw]
    if not marked:
        return None
    if any(injection.is_time for injection in marked) and asks_for_time(call.known.ask):
        marked = [injection for injection in marked if not injection.is_time]
    body, tools = call.asked.data, dict[str, None]()
    for injection in marked:
        changed = rewritten(body, injection.rewrite())
        if changed is not None:
            body, tools[injection.tool] = changed, None
    return Bare(body, tuple(tools)) if tools else None
