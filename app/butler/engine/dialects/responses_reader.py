"""OpenAI responses as a provider sends them: whole replies, and streams of named events.

Source: OpenAI API reference, "Responses" (object) and "Responses: streaming events".
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from butler.engine.call import Usage, UsageSource
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Finish, Heard, Reasoned, Said, Unsaid
from butler.engine.dialects.members import as_list, as_object, as_text, as_whole
from butler.engine.dialects.responses_late import LATE, Told
from butler.engine.dialects.responses_likely import read_likely
from butler.engine.dialects.responses_tools import INPUT
from butler.engine.dialects.sse import EventSplitter, data_of

Object = Mapping[str, Any]
_ENDS = frozenset({"response.completed", "response.incomplete"})
_CALLS = frozenset({"function_call", "custom_tool_call"})
_QUIET = frozenset({"message", "reasoning"})
"""Items of which it is not content yet that they have begun; what a vendor runs itself is."""
_DONE = b"[DONE]"
_SOURCES = "where its words are from"
_BETWEEN = "\n\n"
"""What stands between the parts of a thought."""
_FREE_BEGIN, _FREE_END = f'{{"{INPUT}":"', '"}'
"""What makes the free text of a custom tool the arguments of a function."""
_FINISHES = {"max_output_tokens": Finish.LENGTH, "content_filter": Finish.CONTENT_FILTER}


class ResponseStreamReader:
    """Cuts a stream into events and reads what each one says."""

    def __init__(self) -> None:
        self._events = EventSplitter()
        self._told = Told()

    def feed(self, data: bytes) -> list[Delta]:
        """Take bytes; return the events that are complete now."""
        return [_event(raw, self._told) for raw in self._events.feed(data)]

    def close(self) -> list[Delta]:
        """Return the last event where its blank line was missing."""
        held = self._events.close()
        return [_event(held, self._told)] if held.strip() else []


def read_reply(body: bytes) -> Delta:
    """Read a whole response; raises ValueError where it is none."""
    data = orjson.loads(body)
    if not isinstance(data, dict):
        raise ValueError("the reply is not a JSON object")
    if data.get("error") or data.get("status") == "failed":
        return Delta(body, error=_error_text(data.get("error")), data=data)
    items = [item for one in as_list(data.get("output")) if (item := as_object(one))]
    return Delta(
        body,
        text="".join(map(_words, pieces_of(data))),
        content=True,
        usage=_usage(data),
        finish=_finish(data),
        data=data,
        signed=tuple(mark for item in items for mark in _marks(item)),
    )


def pieces_of(data: Object) -> Iterator[Heard]:
    """Yield what an event, or a whole response, says."""
    if "type" in data:
        yield from (_late if LATE in data else _of_event)(data)
        return
    for index, item in enumerate(as_list(data.get("output"))):
        yield from _of_item(index, as_object(item) or {})


def error_body_of(body: bytes) -> bytes:
    """Return the error that an event of a stream is, in the shape in which errors come alone."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        return body
    if not isinstance(data, dict) or as_object(data.get("error")):
        return body
    failed = as_object((as_object(data.get("response")) or {}).get("error"))
    if failed is None and data.get("type") == "error":
        failed = {key: data.get(key) for key in ("code", "message", "param")}
    if failed is None:
        return body
    return orjson.dumps({"error": {"type": "server_error", "param": None, **failed}})


def _event(raw: bytes, told: Told) -> Delta:
    text = data_of(raw)
    if text is None:
        return Delta(raw)
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        data = None
    if not isinstance(data, dict):
        # Some servers of this dialect end a stream as chat completions do.
        return Delta(raw) if text == _DONE else Delta(raw, content=True, unreadable=True)
    kind = data.get("type")
    response = as_object(data.get("response")) or {}
    if kind in _ENDS:
        return _last(raw, response, told)
    if kind in ("error", "response.failed"):
        return Delta(raw, error=_error_text(data.get("error") or response.get("error") or data))
    data = told.marked(data)
    words = "".join(map(_words, pieces_of(data)))
    item = as_object(data.get("item")) or {}
    return Delta(
        raw,
        text=words,
        content=bool(words) or item.get("type", "message") not in _QUIET,
        data=data,
        signed=tuple(_marks(item)) if kind == "response.output_item.done" else (),
    )


def _last(raw: bytes, response: Object, told: Told) -> Delta:
    late = told.all_of(response)
    return Delta(
        raw,
        text="" if late is None else "".join(map(_words, pieces_of(late))),
        content=True,
        usage=_usage(response),
        finish=_finish(response),
        done=True,
        data=late,
    )


def _of_event(data: Object) -> Iterator[Heard]:
    index = as_whole(data.get("output_index")) or 0
    said = as_text(data.get("delta")) or ""
    match data.get("type"):
        case "response.output_text.delta":
            yield Said(said, likely=read_likely(data.get("logprobs")))
        case "response.output_text.annotation.added":
            yield Unsaid(_SOURCES)
        case "response.refusal.delta":
            yield Said(said, refused=True)
        case "response.reasoning_summary_text.delta" | "response.reasoning_text.delta":
            yield Reasoned(said)
        case "response.reasoning_summary_part.added" if data.get("summary_index"):
            yield Reasoned(_BETWEEN)
        case "response.function_call_arguments.delta":
            yield Called(index, arguments=said)
        case "response.custom_tool_call_input.delta":
            yield Called(index, arguments=_escaped(said))
        case "response.output_item.added":
            yield from _begun(index, as_object(data.get("item")) or {})
        case "response.output_item.done":
            yield from _over(as_object(data.get("item")) or {}, index)


def _late(data: Object) -> Iterator[Heard]:
    """Yield what ends an item, or a part of one, and is the first to say what stands in it."""
    index = as_whole(data.get("output_index")) or 0
    match data["type"]:
        case "response.output_item.done":
            for piece in _of_item(index, data["item"]):
                yield _further(piece) if data[LATE] and isinstance(piece, Called) else piece
        case "response.output_text.done":
            yield Said(data["text"], likely=read_likely(data.get("logprobs")))
        case "response.refusal.done":
            yield Said(data["refusal"], refused=True)
        case "response.function_call_arguments.done":
            yield Called(index, arguments=data["arguments"])
        case "response.custom_tool_call_input.done":
            yield Called(index, arguments=_escaped(data["input"]))


def _begun(index: int, item: Object) -> Iterator[Heard]:
    named = as_text(item.get("call_id")), as_text(item.get("name"))
    if item.get("type") == "function_call":
        yield Called(index, *named)
    elif item.get("type") == "custom_tool_call":
        yield Called(index, *named, _FREE_BEGIN)


def _over(item: Object, index: int) -> Iterator[Heard]:
    if sealed := as_text(item.get("encrypted_content")):
        yield Reasoned(sealed=sealed)
    elif item.get("type") == "custom_tool_call":
        yield Called(index, arguments=_FREE_END)
    elif item.get("type") not in _CALLS | _QUIET:
        yield Unsaid(f"an item of the kind `{item.get('type')}`")


def _further(call: Called) -> Called:
    """Return what is new in a whole call that has begun with its name."""
    return Called(call.index, arguments=call.arguments.removeprefix(_FREE_BEGIN))


def _of_item(index: int, item: Object) -> Iterator[Heard]:
    named = as_text(item.get("call_id")), as_text(item.get("name"))
    match item.get("type"):
        case "message":
            yield from _of_message(item)
        case "reasoning":
            parts = [*as_list(item.get("summary")), *as_list(item.get("content"))]
            texts = [as_text((as_object(part) or {}).get("text")) for part in parts]
            if words := _BETWEEN.join(text for text in texts if text):
                yield Reasoned(words)
            if sealed := as_text(item.get("encrypted_content")):
                yield Reasoned(sealed=sealed)
        case "function_call":
            yield Called(index, *named, as_text(item.get("arguments")) or "")
        case "custom_tool_call":
            free = _escaped(as_text(item.get("input")) or "")
            yield Called(index, *named, f"{_FREE_BEGIN}{free}{_FREE_END}")
        case other:
            yield Unsaid(f"an item of the kind `{other}`")


def _of_message(item: Object) -> Iterator[Heard]:
    for part in map(as_object, as_list(item.get("content"))):
        if part and (refusal := as_text(part.get("refusal"))):
            yield Said(refusal, refused=True)
        elif part and (text := as_text(part.get("text"))):
            yield Said(text, likely=read_likely(part.get("logprobs")))
        if part and part.get("annotations"):
            yield Unsaid(_SOURCES)


def _marks(item: Object) -> Iterator[str]:
    """Yield what means something to the target alone that has made an item."""
    for key in ("id", "encrypted_content"):
        if mark := as_text(item.get(key)):
            yield mark


def _escaped(text: str) -> str:
    """Return a text as it stands within the quotes of a JSON string."""
    return orjson.dumps(text).decode()[1:-1]


def _words(piece: Heard) -> str:
    if isinstance(piece, Unsaid):
        return ""
    return (piece.name or "") + piece.arguments if isinstance(piece, Called) else piece.text


def _finish(response: Object) -> Finish:
    details = as_object(response.get("incomplete_details")) or {}
    items = map(as_object, as_list(response.get("output")))
    calls = any(item and item.get("type") in _CALLS for item in items)
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
