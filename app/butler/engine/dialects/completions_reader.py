"""OpenAI completions as a provider sends them: whole ones, and streams of them.

Source: OpenAI API reference, "Completions" (object). Its chunks have the shape of the whole.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Heard, Said, Unsaid
from butler.engine.dialects.members import as_list
from butler.engine.dialects.services.reading import error_text
from butler.engine.dialects.services.usage import token_usage
from butler.engine.dialects.sse import EventSplitter, data_of

Object = Mapping[str, Any]


class CompletionStreamReader:
    """Cuts a stream into events and reads what each one says."""

    def __init__(self) -> None:
        self._events = EventSplitter()

    def feed(self, data: bytes) -> list[Delta]:
        """Take bytes; return the events that are complete now."""
        return [_event(raw) for raw in self._events.feed(data)]

    def close(self) -> list[Delta]:
        """Return the last event where its blank line was missing."""
        held = self._events.close()
        return [_event(held)] if held.strip() else []


def read_reply(body: bytes) -> Delta:
    """Read a whole completion; raises ValueError where it is none."""
    data = orjson.loads(body)
    if not isinstance(data, dict):
        raise ValueError("the reply is not a JSON object")
    return _delta(body, data, whole=True)


def pieces_of(data: Object) -> Iterator[Heard]:
    """Yield what a chunk, or a whole completion, says in its first choice."""
    for number, choice in enumerate(_choices(data)):
        if number > 0 or choice.get("index"):
            yield Unsaid("further choices")
        elif isinstance(choice.get("text"), str) and choice["text"]:
            yield Said(choice["text"])


def _event(raw: bytes) -> Delta:
    data = data_of(raw)
    if data is None:
        return Delta(raw)
    if data.strip() == b"[DONE]":
        return Delta(raw, done=True)
    try:
        chunk = orjson.loads(data)
    except orjson.JSONDecodeError:
        chunk = None
    if not isinstance(chunk, dict):
        return Delta(raw, content=True, unreadable=True)
    return _delta(raw, chunk, whole=False)


def _delta(raw: bytes, data: Object, *, whole: bool) -> Delta:
    if data.get("error"):
        return Delta(raw, error=error_text(data["error"]), data=data)
    choices, usage = _choices(data), token_usage(data)
    if not choices:
        only_usage = usage is not None and data.get("choices") == []
        return Delta(raw, usage=usage, usage_only=only_usage, data=data)
    text = "".join(it["text"] for it in choices if isinstance(it.get("text"), str))
    ends = [it["finish_reason"] for it in choices if it.get("finish_reason")]
    finish = str(ends[-1]) if ends else None
    content = whole or bool(text) or finish is not None
    return Delta(raw, text=text, content=content, usage=usage, finish=finish, data=data)


def _choices(data: Object) -> list[Object]:
    return [choice for choice in as_list(data.get("choices")) if isinstance(choice, dict)]
