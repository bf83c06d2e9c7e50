"""What of a request no other dialect has a place for: told, unless it is a hint.

A reader says which members it reads. Of all others that a request holds, those in `HINTS` are
passed over, and so are values that ask for what comes anyway; the rest is told by name, so that
nothing that a client wants vanishes unseen.
"""

from collections.abc import Iterator, Mapping, Set
from types import MappingProxyType
from typing import Any

THINKING = frozenset(
    {
        *("reasoning_effort", "thinking", "reasoning", "think", "enable_thinking"),
        *("thinking_budget", "chat_template_kwargs"),
    }
)
"""How a model is to think is said to it by the providers, whatever the dialect."""

HINTS: Mapping[str, str] = MappingProxyType(
    {
        "betas": "which of its vendor's trials a client knows; they change nothing by themselves",
        "cache_control": "where a vendor may cache what it has read; the answer is the same",
        "client_metadata": "labels for the vendor's records",
        "context_management": "what a vendor may take out of a long conversation; it stays whole",
        "diagnostics": "labels for the vendor's records",
        "include": "what else the vendor may show of its own tools and sealed thoughts",
        "metadata": "labels for the vendor's records; of Anthropic's, a person and a device",
        "prediction": "words that are likely to come again, so that the same answer comes sooner",
        "prompt_cache_options": "how a vendor may cache what it has read; the answer is the same",
        "prompt_cache_retention": "how long a vendor may cache what it has read",
        "safeguards": "what a client knows of the machine it runs on, for its vendor's checks",
        "store": "whether the vendor keeps the answer; nothing that is kept there is used here",
        "stream_options": "how a stream is framed; the client's own dialect frames it",
    }
)
"""Members that are passed over without a word, and why nobody misses them."""

_ANYWAY: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "inference_geo": ("global",),
        "modalities": (["text"],),
        "service_tier": ("auto", "default", "standard", "standard_only"),
        "speed": ("standard",),
        "truncation": ("disabled",),
    }
)
"""Values that ask for what comes anyway."""
_NOTHING: tuple[Any, ...] = (None, False, "", [], {})
_MOST, _LONGEST = 20, 60


def unheard(data: Mapping[str, Any], read: Set[str]) -> Iterator[str]:
    """Yield the names of the members that nobody reads, as they are told in a trace."""
    names = [name for name in data if name not in read and name not in HINTS and name != "model"]
    wanted = [
        name
        for name in names
        if data[name] not in _NOTHING and data[name] not in _ANYWAY.get(name, ())
    ]
    for name in wanted[:_MOST]:
        yield f"`{name[:_LONGEST]}`"
