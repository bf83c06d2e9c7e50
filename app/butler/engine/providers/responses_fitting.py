"""What a request in OpenAI's responses needs for the model that it goes to; all else stays.

Three things would be refused there: what another target has sealed or numbered, settings that the
model does not know, and what leans on a vendor that need not be the one who is asked. Who sealed
or numbered an item is known of those that came through here; one that nobody knows may be the
target's own. Source: OpenAI API reference, "Responses" (create, input items).
"""

from collections.abc import Mapping
from typing import Any

from butler.engine.call import Call, Target
from butler.engine.dialects.members import as_list, as_object, as_text, as_whole
from butler.engine.dialects.openai_responses import KEPT_ELSEWHERE
from butler.engine.dialects.responses_request import SEALED
from butler.engine.dialects.responses_seal import is_our_id, is_ours
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.families import NO_SAMPLING, Family
from butler.engine.providers.fitting import Fit, defaults
from butler.engine.providers.room import room
from butler.engine.providers.thinking import KEYS, Change, thinks
from butler.engine.providers.translating import tell

Object = Mapping[str, Any]
SAMPLING = ("temperature", "top_p", "top_logprobs")
"""What models refuse that take no temperature."""
_LIMIT = "max_output_tokens"
_LIMITS = ("max_tokens", "max_completion_tokens")
_RUN_THERE = frozenset(
    {
        *("web_search_call", "file_search_call", "code_interpreter_call", "image_generation_call"),
        *("mcp_call", "mcp_list_tools", "mcp_approval_request", "program", "program_output"),
    }
)
"""What only the vendor has done that numbered it."""


def fit_own(call: Call, target: Target, family: Family, change: Change) -> Fit:
    """Return the changes for a request in this dialect; `change` is what is to be said of thinking.

    Raises UpstreamError where it leans on what only another target keeps.
    """
    data, facts = call.asked.data, call.runtime.facts(target)
    _refuse_what_others_keep(call, target)
    put = default_members(call, target, change)
    drop = set(change.drop)
    if (reasoning := _reasoning(data, put)) is not None:
        put["reasoning"] = reasoning
    if (items := _OwnItems(call, target).of(data.get("input"))) is not None:
        put["input"] = items
    limit, longest = as_whole(data.get(_LIMIT)), room(call, target)
    if limit is not None and longest is not None and limit > longest:
        put[_LIMIT] = longest
    if call.explicit is None:
        # Who leaves the choice of the model to us can not know what it refuses.
        if NO_SAMPLING in family.traits:
            drop |= set(SAMPLING) & data.keys()
        if not thinks(facts, family) and SEALED in as_list(data.get("include")):
            put["include"] = [it for it in as_list(data["include"]) if it != SEALED]
    return Fit(put, frozenset(drop | (put.keys() & data.keys())))


def default_members(call: Call, target: Target, change: Change) -> dict[str, Any]:
    """Return the model's own parameters, as this dialect calls them, and what `change` puts in."""
    data = call.asked.data
    put = {**defaults(data, call.runtime.facts(target)), **change.put}
    if change.put or change.drop or not KEYS.isdisjoint(data):
        # Somebody who outranks the parameters has spoken, in whosoever's words.
        put = {key: it for key, it in put.items() if key not in KEYS or key in change.put}
    for name in _LIMITS:
        if name in put:
            put[_LIMIT] = put.pop(name)
    return put


def _reasoning(data: Object, put: Object) -> dict[str, Any] | None:
    """Return how to think, with what else its client says of it; None where that stays."""
    wanted, asked = as_object(put.get("reasoning")), as_object(data.get("reasoning"))
    if wanted is None or asked is None:
        return None
    others = {key: it for key, it in asked.items() if key != "effort" and it is not None}
    return {**wanted, **others}


def _refuse_what_others_keep(call: Call, target: Target) -> None:
    for name in KEPT_ELSEWHERE:
        if call.asked.data.get(name) and call.explicit != target:
            raise _refusal(target, f"`{name}` refers to what the vendor keeps.")


class _OwnItems:
    """The input of one request as its target may see it."""

    def __init__(self, call: Call, target: Target) -> None:
        self._call = call
        self._target = target

    def of(self, items: Any) -> list[Any] | None:
        """Return the items that the target may see; None where those are all, as they are."""
        given = as_list(items)
        kept = [own for item in given if (own := self._own(item)) is not None]
        same = len(kept) == len(given) and all(
            own is item for own, item in zip(kept, given, strict=True)
        )
        return None if same else kept

    def _own(self, item: Any) -> Any:
        """Return an item, or what is left of it; None where nothing is."""
        if not isinstance(item, dict):
            return item
        kind, id_ = item.get("type"), as_text(item.get("id"))
        is_foreign = self._is_foreign(id_) or self._is_foreign(
            as_text(item.get("encrypted_content"))
        )
        if kind == "item_reference":
            self._refuse_unless_known(id_)
        if not is_foreign:
            return item
        if kind == "reasoning":
            return None
        if kind == "compaction":
            raise _refusal(self._target, "Another provider has compacted the conversation.")
        if kind in _RUN_THERE:
            tell(self._call, [f"the item `{kind}` of another provider"])
            return None
        return {key: it for key, it in item.items() if key != "id"}

    def _is_foreign(self, mark: str | None) -> bool:
        if mark is None:
            return False
        signer = self._call.runtime.live.signer(mark)
        if signer is not None:
            return signer != self._target
        return is_ours(mark) or is_our_id(mark)

    def _refuse_unless_known(self, id_: str | None) -> None:
        signer = self._call.runtime.live.signer(id_ or "")
        if self._is_foreign(id_) or (signer is None and self._call.explicit != self._target):
            raise _refusal(self._target, "An `item_reference` refers to what another one keeps.")


def _refusal(target: Target, words: str) -> UpstreamError:
    return UpstreamError(
        FailureKind.UNSUPPORTED,
        f"{target} can not be asked this. {words} Send the whole conversation as `input`, or name "
        "the provider and model that keep it.",
        status=400,
        for_log="The request leans on what another provider keeps.",
    )
