"""What a request in Anthropic's own dialect needs for the model that it goes to.

Tools write for the model that they think they talk to. Where the butler has chosen another one,
three things would be refused: thoughts that another target has signed, an answer that is longer
than the model can write, and ways of thinking that it does not know. All else stays as it is.
Source: Anthropic API reference, "Extended thinking", "Adaptive thinking", "Messages" (create).
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from butler.engine.call import Call, LiveView, Target
from butler.engine.dialects.responses_seal import is_ours
from butler.engine.providers.families import Family, family_of
from butler.engine.providers.room import room
from butler.engine.providers.thinking import asked_for, way_of

Object = Mapping[str, Any]
_LEAST_BUDGET = 1024
_ADAPTIVE = frozenset({"adaptive", "between_tools", "always"})
"""Variants of families whose models decide for themselves how long they think."""
_THOUGHTS = frozenset({"thinking", "redacted_thinking"})


def fitting_members(call: Call, target: Target, put: Object) -> dict[str, Any]:
    """Return the members to write anew; `put` is what a rule or the model's owner writes."""
    data, family = call.asked.data, family_of(target.model)
    members: dict[str, Any] = {}
    messages = _own_thoughts(data.get("messages"), target, call.runtime.live, family)
    if messages is not None:
        members["messages"] = messages
    limit, longest = data.get("max_tokens"), room(call, target)
    if _is_whole(limit) and longest is not None and limit > longest:
        members["max_tokens"] = longest
    if call.explicit is None and not put:
        members |= _way_of_thinking(data, family)
    seen = {**data, **put, **members}
    thinking = _agreeing(seen)
    if thinking is not seen.get("thinking"):
        members["thinking"] = thinking
    return members


def _own_thoughts(
    messages: Any, target: Target, live: LiveView, family: Family
) -> list[Any] | None:
    """Return the messages without foreign thoughts; None where there are none.

    Who signed a thought is known of those that came through here. One that nobody knows may be
    the target's own, unless it was made here; an empty signature is one of no vendor's, where
    signatures are checked.
    """
    is_strict = family.family.startswith("Claude")

    def is_foreign(block: Any) -> bool:
        if not isinstance(block, dict) or block.get("type") not in _THOUGHTS:
            return False
        signature = block.get("signature") or block.get("data")
        if not signature or not isinstance(signature, str):
            return is_strict
        signer = live.signer(signature)
        return is_ours(signature) or (signer is not None and signer != target)

    kept: list[Any] = []
    found = False
    for message in messages if isinstance(messages, list) else ():
        content = message.get("content") if isinstance(message, dict) else None
        if isinstance(content, list) and any(map(is_foreign, content)):
            found = True
            own = [block for block in content if not is_foreign(block)]
            kept += [{**message, "content": own}] if own else []
        else:
            kept.append(message)
    return kept if found else None


def _way_of_thinking(data: Object, family: Family) -> dict[str, Any]:
    """Return how the model is told to think, where it would not know the way of the request."""
    thinking = data.get("thinking")
    kind = thinking.get("type") if isinstance(thinking, dict) else None
    if not family.family.startswith("Claude") or family.thinking is False:
        return {}
    is_new = family.variant in _ADAPTIVE
    if (kind != "adaptive" or is_new) and (kind != "enabled" or not is_new):
        return {}
    asked = asked_for(data)
    members = dict(way_of("anthropic", family.variant).members(asked)) if asked else {}
    config = data.get("output_config")
    if isinstance(config, dict):
        others = {key: it for key, it in config.items() if key != "effort"}
        members["output_config"] = {**config, **members.get("output_config", {})}
        if not is_new:
            members["output_config"] = others
    return members


def _agreeing(data: Object) -> Any:
    """Return `thinking` so that it agrees with the limit, and with what is left of thoughts."""
    thinking = data.get("thinking")
    if not isinstance(thinking, dict) or thinking.get("type") != "enabled":
        return thinking
    limit, budget = data.get("max_tokens"), thinking.get("budget_tokens")
    if not _is_whole(limit) or not _is_whole(budget):
        return thinking
    if limit <= _LEAST_BUDGET or _is_amid_calls(data.get("messages")):
        return {"type": "disabled"}
    return {**thinking, "budget_tokens": limit - 1} if budget >= limit else thinking


def _is_amid_calls(messages: Any) -> bool:
    """Say whether results came in for calls whose thoughts are gone: the vendor wants them back."""
    turns = [it for it in messages if isinstance(it, dict) and it.get("role") != "system"]
    if len(turns) < 2 or not _has(turns[-1].get("content"), {"tool_result"}):
        return False
    said = turns[-2].get("content")
    return isinstance(said, list) and not _has(said[:1], _THOUGHTS)


def _has(content: Any, kinds: frozenset[str] | set[str]) -> bool:
    blocks: Sequence[Any] = content if isinstance(content, list) else ()
    return any(isinstance(block, dict) and block.get("type") in kinds for block in blocks)


def _is_whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
