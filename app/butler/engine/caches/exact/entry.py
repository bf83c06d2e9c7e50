"""One kept answer, and how it is sealed: what lies on disk is bound to its key and says nothing."""

import os
from dataclasses import dataclass
from datetime import datetime

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from butler.engine.kept import KeptAnswer, KeptCall

_NONCE_BYTES = 12
_MARK = b"exact/1/"


class Unreadable(ValueError):
    """Sealed under another key, moved from another row, or damaged."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer with what it answered.

    `plain` is the key of the request as it was written; the entry may lie under another, in which
    what tools inject is overlooked. `generation` names the rules that decided; empty where the
    client had named the model. `expires_at` is in seconds since the epoch, like the file's.
    """

    answer: KeptAnswer
    plain: bytes
    generation: str
    expires_at: float


def seal(cipher: AESGCM, key: bytes, entry: Entry) -> bytes:
    """Return an entry as it lies under its key."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, _written(entry), _MARK + key)


def unseal(cipher: AESGCM, key: bytes, sealed: bytes) -> Entry:
    """Return the entry that lies under a key; raises Unreadable."""
    try:
        opened = cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _MARK + key)
        return _read(orjson.loads(opened))
    except (InvalidTag, ValueError, KeyError, TypeError):
        raise Unreadable("a kept answer does not open") from None


def _written(entry: Entry) -> bytes:
    kept = entry.answer
    return orjson.dumps(
        {
            "provider": kept.provider,
            "model": kept.model,
            "text": kept.text,
            "calls": [[call.id, call.name, call.arguments] for call in kept.calls],
            "finish": kept.finish,
            "tokens": [kept.input_tokens, kept.output_tokens],
            "at": kept.at.isoformat(),
            "plain": entry.plain.hex(),
            "generation": entry.generation,
            "expires_at": entry.expires_at,
        }
    )


def _read(data: dict[str, object]) -> Entry:
    stored: dict[str, object] = {name: data[name] for name in _TEXTS}
    calls, tokens = data["calls"], data["tokens"]
    if not isinstance(calls, list) or not isinstance(tokens, list):
        raise TypeError("not an entry")
    words = {name: str(value) for name, value in stored.items()}
    answer = KeptAnswer(
        words["provider"],
        words["model"],
        words["text"],
        tuple(KeptCall(*call) for call in calls),
        words["finish"],
        tokens[0],
        tokens[1],
        datetime.fromisoformat(words["at"]),
    )
    expires_at = float(str(data["expires_at"]))
    return Entry(answer, bytes.fromhex(words["plain"]), words["generation"], expires_at)


_TEXTS = ("provider", "model", "text", "finish", "at", "plain", "generation")
