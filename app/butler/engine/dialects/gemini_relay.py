"""An answer of Google's that passes through; only `modelVersion` changes."""

from collections.abc import Sequence

import orjson

from butler.engine.call import Target
from butler.engine.dialects.base import Delta
from butler.engine.dialects.gemini_answer import Frame
from butler.engine.dialects.gemini_errors import error_body
from butler.engine.dialects.json_edit import STRING_OR_NULL, Member
from butler.engine.dialects.sse import data_of

_MODEL = Member("modelVersion", STRING_OR_NULL)


class ContentRelay:
    """Writes the provider's own bytes, whole or event by event; events may become a list."""

    def __init__(self, target: Target, *, stream: bool, sse: bool) -> None:
        self._label = orjson.dumps(str(target))
        self._frame = Frame(sse=sse) if stream else None
        self._sse = sse

    def write(self, deltas: Sequence[Delta]) -> bytes:
        """Return the bytes for the client."""
        return b"".join([self._framed(delta) for delta in deltas])

    def error(self, message: str, code: str) -> bytes:
        """Return the vendor's error object in the place of a chunk."""
        body = error_body(message, None, code)
        return body if self._frame is None else self._frame.put(body) + self._frame.close()

    def close(self) -> bytes:
        """Return the end of a list; of events the provider's own end has passed through."""
        return b"" if self._frame is None else self._frame.close()

    def _framed(self, delta: Delta) -> bytes:
        raw = self._renamed(delta.raw)
        if self._frame is None or self._sse:
            return raw
        data = data_of(raw)
        if data is None:
            # Comments have no place in a list.
            return b""
        return self._frame.put(data) + (self._frame.close() if delta.error else b"")

    def _renamed(self, raw: bytes) -> bytes:
        if b'"modelVersion"' not in raw:
            return raw
        start = raw.find(b"{")
        found = _MODEL.find(raw, start) if start >= 0 else []
        if len(found) != 1:
            return raw
        return raw[: found[0].start(1)] + self._label + raw[found[0].end(1) :]
