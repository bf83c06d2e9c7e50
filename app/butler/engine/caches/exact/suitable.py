"""Which requests the exact cache serves, and which answers it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.kept import KeptAnswer

MOST_BODY_BYTES = 2 * 1024 * 1024
"""Beyond this it would cost others too much time to find out what is asked."""

_AT_THE_PROVIDER = (
    "web_search",
    "web_fetch",
    "file_search",
    "code_execution",
    "code_interpreter",
    "image_generation",
    "mcp",
    "tool_search",
    "browser",
    "google_search",
    "google_maps",
    "enterprise_web_search",
    "url_context",
)
"""How the kinds of tools begin that providers run themselves."""
_OUTSIDE = ("mcp_servers", "plugins", "data_sources", "web_plugin")
"""Members by which vendors are told to look elsewhere, beside those with `search` in their name."""
_WANTED_ANEW = frozenset({"no-cache", "max-age=0"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the client says of caches: not to answer from one, not to keep anything."""

    anew: bool = False
    untouched: bool = False


_NOTHING_SAID = Wanted()


def wanted_by(headers: Mapping[str, str]) -> Wanted:
    """Read `Cache-Control` and `x-butler-cache`.

    `no-store` and `bypass` leave the cache out altogether: who does not want an answer kept
    expects none that was. `no-cache`, `max-age=0` and `refresh` ask for a new one, to be kept.
    """
    control, own = headers.get("Cache-Control"), headers.get("x-butler-cache")
    if control is None and own is None:
        return _NOTHING_SAID
    said = {word.strip().lower() for word in (control or "").split(",")}
    ours = (own or "").strip().lower()
    return Wanted(
        anew=ours == "refresh" or not said.isdisjoint(_WANTED_ANEW),
        untouched=ours == "bypass" or "no-store" in said,
    )


def unsuitable(data: Mapping[str, Any]) -> str | None:
    """Return why no kept answer could stand for the one that this body asks for, if so."""
    if "prompt" in data and "messages" not in data:
        return "it wants a text to be gone on with"
    if any(data.get(name) not in (None, 1) for name in ("n", "candidate_count")):
        return "it asks for several answers at once"
    if data.get("logprobs") or data.get("top_logprobs") or _includes_likely(data):
        return "it asks for probabilities, which are not kept"
    modalities = data.get("modalities")
    if data.get("audio") or (isinstance(modalities, list) and modalities != ["text"]):
        return "it asks for more than words"
    if data.get("store") or data.get("background") or _has_state(data):
        return "the provider keeps this conversation"
    if _looks_elsewhere(data) or _is_run_there(data.get("tools")):
        return "it asks the provider to look elsewhere"
    return None


def _includes_likely(data: Mapping[str, Any]) -> bool:
    """Whether a response is to hold more than it usually does, and that is probabilities."""
    included = data.get("include")
    return isinstance(included, list) and any("logprobs" in str(one) for one in included)


def _has_state(data: Mapping[str, Any]) -> bool:
    names = ("previous_response_id", "conversation", "container", "cachedContent")
    return any(data.get(name) is not None for name in names)


def _looks_elsewhere(data: Mapping[str, Any]) -> bool:
    """Whether the provider searches, or asks others, by its own means."""
    model = data.get("model")
    if isinstance(model, str) and (model.endswith(":online") or "-search" in model):
        return True
    return any(
        value is not None and value is not False and (name in _OUTSIDE or "search" in name)
        for name, value in data.items()
    )


def _is_run_there(tools: object) -> bool:
    """Whether a tool runs at the provider, so that the answer depends on the hour."""
    if not isinstance(tools, list):
        return False
    kinds = [tool.get("type") for tool in tools if isinstance(tool, dict)]
    return any(isinstance(kind, str) and kind.startswith(_AT_THE_PROVIDER) for kind in kinds)


def may_vary(data: Mapping[str, Any]) -> bool:
    """Whether the same request may get another answer: vendors take no temperature for 1."""
    return data.get("temperature") != 0


def not_kept(call: Call, answer: KeptAnswer, *, tool_calls: bool) -> str | None:
    """Return why an answer is not kept, if so."""
    if answer.calls and not tool_calls:
        return "it calls tools"
    if any(attempt.target != call.target for attempt in call.attempts):
        # Who stands in for a model that fails must not do so for a day.
        return "another model was to answer"
    return None
