"""The key of a request: the same for all that would get the same answer, for nobody else's.

Everything in the body counts that could change a word of the answer, so whatever is not known
counts, too. JSON's own freedoms (order of members, spaces, escapes) do not, nor do names for one
and the same model.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from butler.engine.caches.exact.inspection import KEY_BYTES
from butler.engine.call import Call

_NOT_FOR_THE_ANSWER = frozenset(
    {
        # How the answer travels.
        "stream",
        "stream_options",
        # Who asks, and what the vendor is to write down of it.
        "user",
        "metadata",
        "client_metadata",
        "safety_identifier",
        "store",
        # What it costs and how soon it comes.
        "prompt_cache_key",
        "prompt_cache_retention",
        "service_tier",
        # Counted by itself: under its full name, whatever the client calls it.
        "model",
    }
)
_TELLING_HEADERS = (
    "anthropic-beta",
    "anthropic-version",
    "openai-beta",
    "openai-organization",
    "openai-project",
    "x-openai-internal-codex-responses-lite",
    "x-dashscope-plugin",
)
"""Headers that switch on what changes answers, or say whose models are meant."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for what, beside the body; `scope` is whose answers may be sent again."""

    dialect: str
    model: str
    scope: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one call: as it was written, and without what its tool injects.

    `used` is the one of the two under which its answer lies: the owner's choice. `tools` are those
    that inject something.
    """

    plain: bytes
    bare: bytes
    used: bytes
    tools: tuple[str, ...] = ()


def asked_by(call: Call, *, shared: bool) -> Asked:
    """Return what of a call is not in its body."""
    dialect = call.asked.dialect
    name = str(call.explicit) if call.explicit is not None else _chosen_by(call)
    return Asked(
        dialect.name if dialect is not None else "openai_chat",
        name,
        "everybody" if shared else f"token {call.caller.id if call.caller is not None else ''}",
        tuple(call.headers.get(name, "") for name in _TELLING_HEADERS),
    )


def _chosen_by(call: Call) -> str:
    """Return what rules may look at, and so choose another model, that is not in the body."""
    known = call.known
    return f"auto {call.asked.model or ''} {known.client or ''} {known.kind_of_call or ''}"


def key_of(asked: Asked, body: Mapping[str, Any], secret: bytes) -> bytes:
    """Return the key of a body; without `secret` nobody can tell what it stands for.

    Raises TypeError for a body that is not made of JSON.
    """
    told = {
        name: value
        for name, value in body.items()
        if value is not None and name not in _NOT_FOR_THE_ANSWER
    }
    digest = hashlib.blake2b(key=secret, digest_size=KEY_BYTES)
    head = [asked.dialect, asked.model, asked.scope, *asked.headers]
    digest.update(orjson.dumps(head))
    digest.update(orjson.dumps(told, option=orjson.OPT_SORT_KEYS))
    return digest.digest()
