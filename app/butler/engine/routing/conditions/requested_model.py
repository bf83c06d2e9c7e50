"""Condition `requested_model`: the model's name as the client wrote it.

A name that leads to a model is answered by that model, past all rules; a rule with this
condition takes names that lead nowhere, which would otherwise be refused.
"""

from collections.abc import Iterator, Mapping

from butler.engine.call import Call
from butler.engine.routing.conditions.names import name_kind


def _names(call: Call) -> tuple[str | None, ...]:
    return (call.request.model or "auto",) if call.request else ()


KIND = name_kind("requested_model", "Requested model", "models", '["claude-haiku-*"]', _names)


def names_asked_for(when: object) -> Iterator[str]:
    """Give the patterns of names that a rule's `when` asks for; what is malformed gives none."""
    waiting = [when]
    while waiting:
        spec = waiting.pop()
        if not isinstance(spec, Mapping):
            continue
        if spec.get("kind") == KIND.kind:
            patterns = spec.get("models")
            if isinstance(patterns, list):
                yield from (name for name in patterns if isinstance(name, str))
        for group in ("all", "any"):
            members = spec.get(group)
            waiting.extend(members if isinstance(members, list) else ())
