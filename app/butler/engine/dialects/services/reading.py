"""Answers that come bit by bit: events, or bytes of sound. They pass through as they are."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from butler.engine.call import Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.sse import EventSplitter, data_of

ReadUsage = Callable[[Mapping[str, Any]], Usage | None]
_EVENT_STARTS = (b"data:", b"event:", b"id:", b"retry:", b":")
_SPACE = b"\r\n \xef\xbb\xbf"
_DONE = b"[DONE]"
_ENDS = (".done", ".completed")


class ServiceReader:
    """Tells events from sound by how they begin: servers pay no heed to what was asked for."""

    def __init__(self, usage: ReadUsage) -> None:
        self._read_usage = usage
        self._head: bytes | None = b""
        self._events: EventSplitter | None = None
        self._usage: Usage | None = None

    def feed(self, data: bytes) -> list[Delta]:
        """Take bytes; return the events that are complete now, or the bytes themselves."""
        if self._head is not None:
            data = self._head + data
            start = data.lstrip(_SPACE)
            if any(known.startswith(start[: len(known)]) for known in _EVENT_STARTS):
                if not start.startswith(_EVENT_STARTS):
                    self._head = data
                    return []
                self._events = EventSplitter()
            self._head = None
        if self._events is None:
            return [Delta(data, content=True)] if data else []
        return [self._event(raw) for raw in self._events.feed(data)]

    def close(self) -> list[Delta]:
        """The answer has ended properly: that is its end, whatever was said last."""
        if self._events is None:
            return [Delta(self._head or b"", content=bool(self._head), done=True)]
        held = self._events.close()
        return [*([self._event(held)] if held.strip() else []), Delta(b"", done=True)]

    def _event(self, raw: bytes) -> Delta:
        data = data_of(raw)
        if data is None:
            return Delta(raw)
        if data.strip() == _DONE:
            return Delta(raw, done=True)
        try:
            told = orjson.loads(data)
        except orjson.JSONDecodeError:
            told = None
        if not isinstance(told, dict):
            # Some servers send plain words.
            return Delta(raw, text=data.decode(errors="replace"), content=True)
        delta = read_event(raw, told, self._read_usage)
        delta.content = delta.error is None
        if delta.usage is not None:
            self._usage = delta.usage = _added(self._usage, delta.usage)
        return delta


def read_event(raw: bytes, data: Mapping[str, Any], read_usage: ReadUsage) -> Delta:
    """Return what an event, or a whole answer, tells."""
    type_ = data.get("type")
    if data.get("error") or type_ == "error":
        return Delta(raw, error=error_text(data.get("error") or data), data=data)
    is_event = isinstance(type_, str) and "." in type_
    is_end = not is_event or str(type_).endswith(_ENDS)
    said = data.get("delta") if is_event else data.get("text")
    return Delta(
        raw,
        text=said if isinstance(said, str) else "",
        usage=read_usage(data) if is_end else None,
        finish="stop" if is_end else None,
        data=data,
    )


def _added(before: Usage | None, more: Usage) -> Usage:
    """Several images in one stream end one by one, each with its own count."""
    if before is None:
        return more
    return Usage(
        input_tokens=_sum(before.input_tokens, more.input_tokens),
        output_tokens=_sum(before.output_tokens, more.output_tokens),
        source=more.source,
        images=_sum(before.images, more.images),
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)


def error_text(error: Any) -> str:
    """Return what an error says, in whatever shape it comes."""
    if isinstance(error, dict):
        return str(error.get("message") or error.get("code") or "the provider reported an error")
    return str(error)
