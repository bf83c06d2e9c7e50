"""Condition `requested_model`: the model's name as the client wrote it.

A name that leads to a model is answered by that model, past all rules; a rule with this
condition takes names that lead nowhere, which would otherwise be refused.
"""

from butler.engine.call import Call
from butler.engine.routing.conditions.names import name_kind


def _names(call: Call) -> tuple[str | None, ...]:
    return (call.request.model or "auto",) if call.request else ()


KIND = name_kind("requested_model", "Requested model", "models", '["claude-haiku-*"]', _names)
