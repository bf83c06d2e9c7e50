"""An answer in OpenAI chat completions that passes through; only `model` changes."""

from collections.abc import Sequence

import orjson

from butler.engine.call import Target
from butler.engine.dialects.base import Delta
from butler.engine.dialects.json_edit import STRING_OR_NULL, Member
from butler.engine.dialects.openai_answer import error_event

_MODEL = Member("model", STRING_OR_NULL)


class ChatRelay:
    """Passes events through; only `model` changes, and usage that nobody asked for is left out."""

    def __init__(self, target: Target, *, drop_usage: bool) -> None:
        self._label = orjson.dumps(str(target))
        self._drop_usage = drop_usage
        self._needle: bytes | None = None
        self._put = b""

    def write(self, deltas: Sequence[Delta]) -> bytes:
        """Return the bytes for the client."""
        return b"".join(
            [
                self._renamed(delta.raw)
                for delta in deltas
                if not (delta.usage_only and self._drop_usage)
            ]
        )

    def error(self, message: str, code: str) -> bytes:
        """Return a `data:` event with the vendor's error object."""
        return error_event(message, code)

    def close(self) -> bytes:
        """Return nothing: the provider's own end has passed through."""
        return b""

    def _renamed(self, raw: bytes) -> bytes:
        """Replace `"model":"…"`, by the exact bytes once the first event has shown them."""
        if self._needle is not None and raw.count(self._needle) == 1:
            return raw.replace(self._needle, self._put)
        if b'"model"' not in raw:
            return raw
        return self._rename_anew(raw)

    def _rename_anew(self, raw: bytes) -> bytes:
        start = raw.find(b"{", _data_at(raw))
        found = _MODEL.find(raw, start) if start >= 0 else []
        if len(found) != 1:
            return raw
        named = found[0]
        self._needle = named.group()
        self._put = raw[named.start() : named.start(1)] + self._label
        return raw[: named.start()] + self._put + raw[named.end() :]


def _data_at(raw: bytes) -> int:
    """Return where an event's data begin; a whole reply begins with its object at once."""
    if raw.startswith((b"{", b"data:")):
        return 0
    at = raw.find(b"data:")
    while at > 0 and raw[at - 1] not in b"\r\n":
        at = raw.find(b"data:", at + 1)
    return max(at, 0)
