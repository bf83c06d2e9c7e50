"""What a call asks, cut out of everything that must be the same for another answer to do."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.caches.exact.key import asked_by, key_of
from butler.engine.caches.exact.suitable import Wanted, may_vary, unsuitable, wanted_by
from butler.engine.caches.guard import Signature, signature_of
from butler.engine.caches.normalise.tools import without_injected
from butler.engine.caches.similar.frame import frame_of
from butler.engine.call import Call
from butler.engine.signals.tokens import text_tokens

MOST_TOKENS = 2_000
_SURELY_SHORT_CHARS = 1_000
_MOST_BYTES = 256 * 1024
_NO_SECRET = b""
"""Scopes lie sealed: nobody gets to guess what they stand for."""
_NOTHING_SAID = Wanted()
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Manners:
    """How one revision wants it. `least` is a cosine.

    `generation` changes with every edit after which `auto` may choose otherwise.
    """

    enabled: bool = True
    ttl_s: float = 86_400
    least: float = 0.85
    shared: bool = False
    temperature: bool = True
    normalise: bool = True
    generation: str = ""


class Question:
    """The words that may differ, and the digest of all that may not: the scope."""

    __slots__ = ("_signature", "scope", "sharer", "text")

    def __init__(self, text: str, scope: bytes, sharer: str) -> None:
        self.text = text
        self.scope = scope
        self.sharer = sharer
        self._signature: Signature | None = None

    @property
    def signature(self) -> Signature:
        """What the guard makes of the words; worked out when it is first asked for."""
        if self._signature is None:
            self._signature = signature_of(self.text)
        return self._signature

    @property
    def group(self) -> bytes:
        """What it shares with every question whose answer may do."""
        return digest_of(self.scope, self.signature.digest)

    @property
    def lesson(self) -> bytes:
        """Under what mistakes with such words are remembered, whatever the scope."""
        return digest_of(self.sharer.encode(), self.signature.digest)


def digest_of(*parts: bytes) -> bytes:
    """Return a short digest of parts, told apart by their lengths."""
    made = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        made.update(len(part).to_bytes(4, "big"))
        made.update(part)
    return made.digest()


def question_of(call: Call, manners: Manners) -> Question | str:
    """Return what a call asks, or why this cache keeps out of it."""
    reason = _why_not(call, manners)
    if reason is not None:
        return reason
    text = call.known.ask
    frame = frame_of(_body(call, manners), text)
    if frame is None:
        return "it does not end with the user's own words"
    if len(text) > _SURELY_SHORT_CHARS and text_tokens(text) > MOST_TOKENS:
        return f"it is longer than {MOST_TOKENS} tokens"
    asked = asked_by(call, shared=manners.shared)
    same = key_of(asked, frame, _NO_SECRET)
    return Question(text, digest_of(same, manners.generation.encode()), asked.scope)


def _body(call: Call, manners: Manners) -> Mapping[str, Any]:
    """Return the request's body, without what its tool injects anew where the owner wants that."""
    found = without_injected(call) if manners.normalise else None
    return call.asked.data if found is None else found.body


def _why_not(call: Call, manners: Manners) -> str | None:
    known, data = call.known, call.asked.data
    if wanted_by(call.headers) != _NOTHING_SAID:
        return "the client wants a new answer"
    if known.has_tools:
        return "calls with tools are answered anew"
    if len(call.asked.raw) > _MOST_BYTES:
        return "it is too large"
    if known.turn == "loop":
        return "it goes on with a tool's result"
    if len(known.modalities) > 1:
        return "it holds more than text"
    if not manners.temperature and may_vary(data):
        return "its answer may vary, and such are not kept"
    return unsuitable(data) or (None if known.ask else "nobody has asked anything")
