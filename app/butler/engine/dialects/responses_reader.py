"""OpenAI responses as a provider sends them: whole replies, and streams of named events.

Source: OpenAI API reference, "Responses" (object) and "Responses: streaming events".
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from butler.engine.call import Usage, UsageSource
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Finish, Piece, Reasoned, Said
from butler.engine.dialects.members import as_list, as_object, as_text, as_whole
from butler.engine.dialects.sse import EventSplitter, data_of

Object = Mapping[str, Any]
_ENDS = frozenset({"response.completed", "response.incomplete"})
_FINISHES = {"max_output_tokens": Finish.LENGTH, "content_filter": Finish.CONTENT_FILTER}


class ResponseStreamReader:
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
    """Read a whole response; raises ValueError where it is none."""
    data = orjson.loads(body)
    if not isinstance(data, dict):
        raise ValueError("the reply is not a JSON object")
    if data.get("error"):
        return Delta(body, error=_error_text(data["error"]), data=data)
    text = "".join(map(_words, pieces_of(data)))
    return Delta(body, text=text, content=True, usage=_usage(data), finish=_finish(data), data=data)


def pieces_of(data: Object) -> Iterator[Piece]:
    """Yield what an event, or a whole response, says."""
    if "type" in data:
        yield from _of_event(data)
        return
    for index, item in enumerate(as_list(data.get("output"))):
        yield from _of_item(index, as_object(item) or {})


def _event(raw: bytes) -> Delta:
    text = data_of(raw)
    if text is None:
        return Delta(raw)
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        data = None
    if not isinstance(data, dict):
        return Delta(raw, content=True, unreadable=True)
    kind = data.get("type")
    response = as_object(data.get("response")) or {}
    if kind in _ENDS:
        return Delta(raw, content=True, usage=_usage(response), finish=_finish(response), done=True)
    if kind in ("error", "response.failed"):
        return Delta(raw, error=_error_text(data.get("error") or response.get("error") or data))
    words = "".join(map(_words, _of_event(data)))
    return Delta(raw, text=words, content=bool(words), data=data)


def _of_event(data: Object) -> Iterator[Piece]:
    index = as_whole(data.get("output_index")) or 0
    said = as_text(data.get("delta")) or ""
    match data.get("type"):
        case "response.output_text.delta" | "response.refusal.delta":
            yield Said(said)
        case "response.reasoning_summary_text.delta" | "response.reasoning_text.delta":
            yield Reasoned(said)
        case "response.function_call_arguments.delta":
            yield Called(index, arguments=said)
        case "response.output_item.added":
            item = as_object(data.get("item")) or {}
            if item.get("type") == "function_call":
                yield Called(index, as_text(item.get("call_id")), as_text(item.get("name")))


def _of_item(index: int, item: Object) -> Iterator[Piece]:
    match item.get("type"):
        case "message":
            for part in map(as_object, as_list(item.get("content"))):
                if part and (text := as_text(part.get("text") or part.get("refusal"))):
                    yield Said(text)
        case "reasoning":
            for part in map(as_object, as_list(item.get("summary"))):
                if part and (text := as_text(part.get("text"))):
                    yield Reasoned(text)
        case "function_call":
            named = as_text(item.get("call_id")), as_text(item.get("name"))
            yield Called(index, *named, as_text(item.get("arguments")) or "")


def _words(piece: Piece) -> str:
    return (piece.name or "") + piece.arguments if isinstance(piece, Called) else piece.text


def _finish(response: Object) -> Finish:
    details = as_object(response.get("incomplete_details")) or {}
    items = map(as_object, as_list(response.get("output")))
    calls = any(item and item.get("type") == "function_call" for item in items)
    otherwise = Finish.TOOL_CALLS if calls else Finish.STOP
    return _FINISHES.get(as_text(details.get("reason")) or "", otherwise)


def _usage(response: Object) -> Usage | None:
    usage = as_object(response.get("usage"))
    if usage is None:
        return None
    given = as_object(usage.get("input_tokens_details")) or {}
    made = as_object(usage.get("output_tokens_details")) or {}
    return Usage(
        as_whole(usage.get("input_tokens")),
        as_whole(usage.get("output_tokens")),
        as_whole(given.get("cached_tokens")),
        as_whole(made.get("reasoning_tokens")),
        UsageSource.REPORTED,
        as_whole(given.get("cache_write_tokens")),
    )


def _error_text(error: Any) -> str:
    words = error.get("message") or error.get("code") if isinstance(error, dict) else error
    return str(words or "the provider reported an error")
