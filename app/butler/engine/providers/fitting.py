"""Fits a request to the model it goes to: default parameters, thinking, names of limits.

What the client says stays, unless the model would refuse it; every change is made in the bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from butler.engine.call import Call, ModelFacts, Target
from butler.engine.dialects import json_edit
from butler.engine.providers.families import (
    MAX_COMPLETION_TOKENS,
    NO_SAMPLING,
    family_of,
)
from butler.engine.providers.presets import Preset
from butler.engine.providers.thinking import KEYS, UNCHANGED, change_for
from butler.engine.providers.translating import tell

_LIMITS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
_SAMPLING = ("temperature", "top_p", "presence_penalty", "frequency_penalty")
_DIALECT = "openai_chat"
STRICT = "openai"
"""The thinking dialect of those whose models refuse what their family does not know."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What to put into a request, what to take out, and the name that its limit must have."""

    put: Mapping[str, Any]
    drop: frozenset[str]
    limit: str | None = None

    def apply(self, body: bytes) -> bytes:
        """Return the bytes with the changes made; the same bytes where there are none."""
        for key in self.drop:
            body = json_edit.without(body, key)
        if self.limit is not None:
            body = json_edit.renamed(body, "max_tokens", self.limit)
        if self.put:
            body = json_edit.insert_first(body, orjson.dumps(self.put)[1:-1])
        return body


_AS_IT_IS = Fit({}, frozenset())


def fit(call: Call, target: Target, preset: Preset) -> Fit:
    """Return the changes that a request needs for a model of such a vendor."""
    facts = call.runtime.facts(target)
    family = family_of(target.model)
    change = change_for(call, facts, family, preset.thinking, translated=_is_translated(call))
    is_strict = preset.thinking == STRICT and bool(family.traits)
    if change is UNCHANGED and not facts.parameters and not is_strict:
        return _AS_IT_IS
    put = {**defaults(call.asked.data, facts), **change.put}
    if change is not UNCHANGED or not KEYS.isdisjoint(call.asked.data):
        # Somebody who outranks the parameters has spoken, in whosoever's words.
        put = {key: it for key, it in put.items() if key not in KEYS or key in change.put}
    if not is_strict:
        return Fit(put, change.drop)
    data = call.asked.data
    drop = change.drop
    if NO_SAMPLING in family.traits and call.explicit is None:
        # Who leaves the choice of the model to us can not know what it refuses.
        refused = frozenset(_SAMPLING) & data.keys()
        tell(call, (f"{name}, which the model refuses" for name in sorted(refused)))
        drop |= refused
    needs_name = MAX_COMPLETION_TOKENS in family.traits
    if needs_name and "max_tokens" in put:
        put["max_completion_tokens"] = put.pop("max_tokens")
    is_said = _is_translated(call) or "max_tokens" in data
    renames = needs_name and is_said and "max_completion_tokens" not in data
    return Fit(put, drop, "max_completion_tokens" if renames else None)


def _is_translated(call: Call) -> bool:
    """Say whether a client speaks another dialect than the bodies that are fitted here."""
    dialect = call.asked.dialect
    return dialect is not None and dialect.name != _DIALECT


def defaults(data: Mapping[str, Any], facts: ModelFacts) -> dict[str, Any]:
    """Return the model's own parameters of which a request says nothing."""
    if not facts.parameters:
        return {}
    taken = {*data, *_LIMITS} if any(limit in data for limit in _LIMITS) else data
    return {key: value for key, value in facts.parameters.items() if key not in taken}
