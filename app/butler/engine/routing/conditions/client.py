"""Condition `client`: the tool that is calling, told from its headers."""

from butler.engine.call import Call
from butler.engine.routing.conditions.names import name_kind


def _names(call: Call) -> tuple[str | None, ...]:
    return (call.known.client,)


KIND = name_kind("client", "Client", "clients", '["claude-code", "codex"]', _names)
