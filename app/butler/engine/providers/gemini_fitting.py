"""What a request in Google's own dialect needs for the model that it goes to; all else stays.

Tools write for the model that they think they talk to. Where the butler has chosen another one,
three things would be refused: thoughts that another target has signed, an answer that is longer
than the model can write, and ways of thinking that it does not know.

Source: Gemini API reference, "Thinking", "Thought signatures", "GenerationConfig".
"""

from collections.abc import Mapping
from typing import Any

import orjson

from butler.engine.call import Call, LiveView, Target
from butler.engine.dialects import json_edit
from butler.engine.dialects.gemini_body import inner, member, snake
from butler.engine.dialects.gemini_contents import UNSIGNED
from butler.engine.dialects.gemini_reader import plain_signature
from butler.engine.dialects.gemini_seal import is_ours
from butler.engine.dialects.json_edit import STRING_OR_NULL, Member
from butler.engine.dialects.members import as_list, as_object, as_text, as_whole
from butler.engine.providers.families import Family, family_of
from butler.engine.providers.fitting import defaults
from butler.engine.providers.room import room
from butler.engine.providers.thinking import asked_for, change_for, way_of

Object = Mapping[str, Any]
_OLDER = ("Gemini 2", "Gemini 1")
_MODEL = Member("model", STRING_OR_NULL)
_CONFIG = "generationConfig"
_CONTENTS = "contents"
_THINKING = "thinkingConfig"
_PARAMETERS: Mapping[str, str] = {
    "temperature": "temperature",
    "top_p": "topP",
    "top_k": "topK",
    "max_tokens": "maxOutputTokens",
    "max_completion_tokens": "maxOutputTokens",
    "seed": "seed",
    "presence_penalty": "presencePenalty",
    "frequency_penalty": "frequencyPenalty",
    "stop": "stopSequences",
}
"""A model's own parameters, as chat completions and as this dialect call them."""


def is_older(family: Family) -> bool:
    """Say whether models are of before Gemini 3: they think by budgets, and sign no calls."""
    return family.family.startswith(_OLDER)


def way_of_thinking(family: Family) -> str:
    """Return the thinking dialect of a family's models."""
    return "gemini_budget" if is_older(family) else "gemini_level"


def fitted(call: Call, target: Target) -> bytes:
    """Return the client's own bytes, with as little changed as the model needs."""
    request, body = call.asked, call.asked.raw
    named = _MODEL.replace(body, orjson.dumps(f"models/{target.model}"))
    changed: dict[str, Any] = {}
    if (config := _config(call, target)) is not None:
        changed[_CONFIG] = config
    family = family_of(target.model)
    wanted = family.family.startswith("Gemini") and not is_older(family)
    signatures = _Signatures(target, call.runtime.live, wanted=wanted)
    if (contents := signatures.of(request.data.get(_CONTENTS))) is not None:
        changed[_CONTENTS] = contents
    body = named or body
    for name in changed:
        body = json_edit.without(json_edit.without(body, name), snake(name))
    return json_edit.insert_first(body, orjson.dumps(changed)[1:-1]) if changed else body


def _config(call: Call, target: Target) -> dict[str, Any] | None:
    """Return `generationConfig` as the model takes it; None where it stays as it is."""
    data, facts = call.asked.data, call.runtime.facts(target)
    family = family_of(target.model)
    put: dict[str, Any] = {
        _PARAMETERS[name]: value
        for name, value in defaults(data, facts).items()
        if name in _PARAMETERS
    }
    limit, longest = as_whole(data.get("max_output_tokens")), room(call, target)
    if limit is not None and longest is not None and limit > longest:
        put["maxOutputTokens"] = longest
    given = inner(data, _CONFIG)
    change = change_for(call, facts, family, way_of_thinking(family))
    put |= change.put or _known_way(call, family, inner(given, _THINKING))
    drop = {_THINKING} if change.drop and not change.put else set()
    if not put and not drop:
        return None
    gone = {name for key in (*put, *drop) for name in (key, snake(key))}
    return {**{key: it for key, it in given.items() if key not in gone}, **put}


def _known_way(call: Call, family: Family, thinking: Object) -> Object:
    """Return how to think where the model that we have chosen would not know the client's way."""
    foreign = "thinkingLevel" if is_older(family) else "thinkingBudget"
    is_known = family.family.startswith("Gemini") and family.thinking is not False
    if call.explicit is not None or not is_known or member(thinking, foreign) is None:
        return {}
    asked = asked_for(call.asked.data)
    return {} if asked is None else way_of(way_of_thinking(family), family.variant).members(asked)


class _Signatures:
    """Contents with those signatures only that the target has given.

    Who signed is known of what came through here; what nobody knows may be the target's own. The
    first call of a turn that has none gets what the vendor wants in its place, where it wants one.
    """

    def __init__(self, target: Target, live: LiveView, *, wanted: bool) -> None:
        self._target = target
        self._live = live
        self._wanted = wanted

    def of(self, contents: Any) -> list[Any] | None:
        """Return the contents; None where they may stay as they are."""
        given = as_list(contents)
        own = [self._content(content) for content in given]
        if all(one is other for one, other in zip(own, given, strict=True)):
            return None
        return [content for content in own if content is not None]

    def _content(self, content: Any) -> Any:
        """Return a content, the same where nothing is to change; None where nothing is left."""
        parts = as_list(content.get("parts")) if isinstance(content, dict) else ()
        own = [it for part in parts if (it := self._part(part)) is not None]
        called = next((at for at, part in enumerate(own) if _is_call(part)), None)
        if self._wanted and called is not None and not _signature(own[called]):
            own[called] = {**own[called], "thoughtSignature": UNSIGNED}
        if len(own) == len(parts) and all(one is it for one, it in zip(own, parts, strict=True)):
            return content
        return {**content, "parts": own} if own else None

    def _part(self, part: Any) -> Any:
        """Return a part without a foreign signature; None for a thought that has one."""
        signature = _signature(part)
        if signature is None or not self._is_foreign(signature):
            return part
        if part.get("thought") is True:
            return None
        return {key: it for key, it in part.items() if snake(key) != "thought_signature"}

    def _is_foreign(self, signature: str) -> bool:
        signer = self._live.signer(plain_signature(signature))
        return is_ours(signature) or (signer is not None and signer != self._target)


def _signature(part: Any) -> str | None:
    return as_text(member(part, "thoughtSignature")) if isinstance(part, dict) else None


def _is_call(part: Any) -> bool:
    return isinstance(part, dict) and as_object(member(part, "functionCall")) is not None
