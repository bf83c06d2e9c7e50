"""An answer in Anthropic messages that passes through; only `model` changes."""

from collections.abc import Sequence

import orjson

from butler.engine.call import Target
from butler.engine.dialects.anthropic_answer import error_object
from butler.engine.dialects.base import Delta
from butler.engine.dialects.json_edit import STRING_OR_NULL, Member

_MODEL = Member("model", STRING_OR_NULL)
_START = b"message_start"


class MessageRelay:
    """Writes the provider's own bytes; the model is named once, where the message begins."""

    def __init__(self, target: Target) -> None:
        self._label = orjson.dumps(str(target))
        self._named = False

    def write(self, deltas: Sequence[Delta]) -> bytes:
        """Return the bytes for the client."""
        if self._named:
            return b"".join([delta.raw for delta in deltas])
        return b"".join([self._renamed(delta.raw) for delta in deltas])

    def error(self, message: str, code: str) -> bytes:
        """Return an `error` event with the vendor's error object."""
        body = {"type": "error", "error": error_object(message, "api_error", code)}
        return b"event: error\ndata: " + orjson.dumps(body) + b"\n\n"

    def close(self) -> bytes:
        """Return nothing: the provider's own end has passed through."""
        return b""

    def _renamed(self, raw: bytes) -> bytes:
        if self._named or b'"model"' not in raw:
            return raw
        # A stream names it in the message that begins it, which is the event's second object.
        start = raw.find(b"{", raw.find(b'"message"')) if _START in raw else raw.find(b"{")
        found = _MODEL.find(raw, start) if start >= 0 else []
        if len(found) != 1:
            return raw
        self._named = True
        return raw[: found[0].start(1)] + self._label + raw[found[0].end(1) :]
