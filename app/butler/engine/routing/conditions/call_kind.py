"""Condition `call_kind`: what the tool says this call is for, as `main`, `subagent`, `title`."""

from butler.engine.call import Call
from butler.engine.routing.conditions.names import name_kind


def _names(call: Call) -> tuple[str | None, ...]:
    return (call.known.kind_of_call,)


KIND = name_kind("call_kind", "Kind of call", "kinds", '["subagent", "title"]', _names)
