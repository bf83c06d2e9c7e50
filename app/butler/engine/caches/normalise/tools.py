"""The tools whose injections are known, and a request without them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.caches.normalise.clock import asks_for_time
from butler.engine.caches.normalise.rewriting import rewritten
from butler.engine.call import Call
from butler.engine.signals.client.injection import Injection
from butler.engine.signals.client.listed import TOOLS
from butler.engine.signals.client.tool import Tool

INJECTIONS: tuple[tuple[Tool, Injection], ...] = tuple(
    (tool, injection) for tool in TOOLS for injection in tool.injections
)
"""Whoever calls: what one tool injects is injected by its forks, too."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A request's body without what tools inject anew, and whose injections those were."""

    body: Mapping[str, Any]
    tools: tuple[str, ...]


def without_injected(call: Call) -> Bare | None:
    """Return a request without what its tool injects anew; None where there is nothing.

    Dates and hours stay where the user's words may be about them. Found out once for a call.
    """
    return call.known.memo(Bare, lambda: _found(call))


def _found(call: Call) -> Bare | None:
    raw = call.asked.raw
    marked = [one for one in INJECTIONS if one[1].mark in raw]
    if not marked:
        return None
    if any(injection.is_time for _, injection in marked) and asks_for_time(call.known.ask):
        marked = [one for one in marked if not one[1].is_time]
    # What two tools inject alike is the caller's own.
    marked.sort(key=lambda one: one[0].id != call.known.client)
    body, tools = call.asked.data, dict[str, None]()
    for tool, injection in marked:
        changed = rewritten(body, injection.rewrite())
        if changed is not None:
            body, tools[tool.title] = changed, None
    return Bare(body, tuple(tools)) if tools else None
