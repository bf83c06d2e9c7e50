"""Condition `token`: the client token that a call came with, by its name or id."""

from butler.engine.call import Call
from butler.engine.routing.conditions.names import name_kind


def _names(call: Call) -> tuple[str | None, ...]:
    return (call.caller.name, call.caller.id) if call.caller else ()


KIND = name_kind("token", "Token", "tokens", '["work"]', _names)
