"""Anthropic messages as a provider sends them: whole replies, and streams of named events.

Source: Anthropic API reference, "Messages" (response), "Streaming messages", "Stop reasons".
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from butler.engine.call import Usage, UsageSource
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Finish, Heard, Reasoned, Said, Unsaid
from butler.engine.dialects.sse import EventSplitter, data_of

Object = Mapping[str, Any]
_MOST_TOKENS = 10**10
_FINISHES: Mapping[str, Finish] = {
    "end_turn": Finish.STOP,
    "stop_sequence": Finish.STOP,
    "max_tokens": Finish.LENGTH,
    "model_context_window_exceeded": Finish.LENGTH,
    # The turn is not over: only who sends it back as it is gets the rest.
    "pause_turn": Finish.LENGTH,
    "tool_use": Finish.TOOL_CALLS,
    "refusal": Finish.CONTENT_FILTER,
}
_UNLIKE_ANY = frozenset({"pause_turn"})
"""Reasons that other dialects have only a distant word for."""
_OURS = frozenset({"text", "thinking", "redacted_thinking", "tool_use"})
"""Blocks that every dialect can say; what a vendor's own tools do in between is not among them."""


class MessageStreamReader:
    """Cuts a stream into events and reads what each one says."""

    def __init__(self) -> None:
        self._events = EventSplitter()
        self._counts: dict[str, Any] = {}
        self._foreign: set[object] = set()

    def feed(self, data: bytes) -> list[Delta]:
        """Take bytes; return the events that are complete now."""
        return [self._event(raw) for raw in self._events.feed(data)]

    def close(self) -> list[Delta]:
        """Return the last event where its blank line was missing."""
        held = self._events.close()
        return [self._event(held)] if held.strip() else []

    def _event(self, raw: bytes) -> Delta:
        text = data_of(raw)
        if text is None:
            return Delta(raw)
        try:
            data = orjson.loads(text)
        except orjson.JSONDecodeError:
            data = None
        if not isinstance(data, dict):
            return Delta(raw, content=True, unreadable=True)
        match data.get("type"):
            case "content_block_delta" | "content_block_start":
                return self._of_block(raw, data)
            case "message_start":
                self._count(_object(data.get("message")).get("usage"))
            case "message_delta":
                return self._ending(raw, data)
            case "message_stop":
                return Delta(raw, done=True)
            case "error":
                return Delta(raw, error=_error_text(data), data=data)
        return Delta(raw)

    def _of_block(self, raw: bytes, data: Object) -> Delta:
        index = data.get("index")
        kind = _object(data.get("content_block")).get("type")
        if kind is not None and kind not in _OURS:
            self._foreign.add(index)
            return Delta(raw, data=data)
        if index in self._foreign:
            return Delta(raw)
        pieces = list(pieces_of(data))
        words = "".join(map(_words, pieces))
        return Delta(raw, text=words, content=bool(words), data=data, signed=_signed(pieces))

    def _ending(self, raw: bytes, data: Object) -> Delta:
        self._count(data.get("usage"))
        ended = _object(data.get("delta"))
        finish = _finish(ended.get("stop_reason"))
        return Delta(
            raw,
            text="".join(map(_words, _of_ending(ended))),
            content=finish is not None,
            usage=_usage(self._counts),
            finish=finish,
            data=data,
            stopped_by=_stopped_by(ended),
        )

    def _count(self, usage: Any) -> None:
        """Keep the latest of each count: those of the end are totals, too."""
        self._counts |= {key: it for key, it in _object(usage).items() if it is not None}


def read_reply(body: bytes) -> Delta:
    """Read a whole message; raises ValueError where it is none."""
    data = orjson.loads(body)
    if not isinstance(data, dict):
        raise ValueError("the reply is not a JSON object")
    if data.get("type") == "error" or data.get("error"):
        return Delta(body, error=_error_text(data), data=data)
    pieces = list(pieces_of(data))
    return Delta(
        body,
        text="".join(map(_words, pieces)),
        content=bool(pieces) or data.get("stop_reason") is not None,
        usage=_usage(_object(data.get("usage"))),
        finish=_finish(data.get("stop_reason")),
        data=data,
        signed=_signed(pieces),
        stopped_by=_stopped_by(data),
    )


def pieces_of(data: Object) -> Iterator[Heard]:
    """Yield what an event, or a whole message, says."""
    index = data.get("index")
    place = index if isinstance(index, int) else 0
    match data.get("type"):
        case "content_block_start":
            yield from _of_block(place, _object(data.get("content_block")), whole=False)
        case "content_block_delta":
            yield from _of_delta(place, _object(data.get("delta")))
        case "message_delta":
            yield from _of_ending(_object(data.get("delta")))
        case "message" | None:
            content = data.get("content")
            for at, block in enumerate(content if isinstance(content, list) else ()):
                yield from _of_block(at, _object(block), whole=True)
            yield from _of_ending(data)


def _of_delta(place: int, delta: Object) -> Iterator[Heard]:
    match delta.get("type"):
        case "text_delta":
            yield Said(_text(delta.get("text")))
        case "thinking_delta":
            yield Reasoned(_text(delta.get("thinking")))
        case "signature_delta":
            yield Reasoned(signature=_text(delta.get("signature")))
        case "input_json_delta":
            yield Called(place, arguments=_text(delta.get("partial_json")))
        case "citations_delta":
            yield Unsaid("citations")


def _of_block(index: int, block: Object, *, whole: bool) -> Iterator[Heard]:
    """Yield what a block says by itself; in a stream most of it comes in deltas."""
    match block.get("type"):
        case "text":
            if block.get("text"):
                yield Said(_text(block["text"]))
            if block.get("citations"):
                yield Unsaid("citations")
        case "thinking":
            if block.get("thinking") or block.get("signature"):
                signature = _text(block.get("signature")) or None
                yield Reasoned(_text(block.get("thinking")), signature)
        case "redacted_thinking":
            yield Reasoned(sealed=_text(block.get("data")))
        case "tool_use":
            given = block.get("input")
            arguments = orjson.dumps(given or {}).decode() if given or whole else ""
            yield Called(index, _text(block.get("id")), _text(block.get("name")), arguments)
        case kind:
            yield Unsaid(_text(kind) or "a block of no kind")


def _of_ending(ended: Object) -> Iterator[Heard]:
    """Yield what is told about the end: why the model refuses, in words."""
    reason = _text(ended.get("stop_reason"))
    if reason == "refusal":
        explanation = _text(_object(ended.get("stop_details")).get("explanation"))
        if explanation:
            yield Said(explanation, refused=True)
    elif reason and (reason in _UNLIKE_ANY or reason not in _FINISHES):
        yield Unsaid(reason)


def _words(piece: Heard) -> str:
    if isinstance(piece, Called):
        return (piece.name or "") + piece.arguments
    return "" if isinstance(piece, Unsaid) else piece.text


def _signed(pieces: Sequence[Heard]) -> tuple[str, ...]:
    return tuple(
        mark
        for piece in pieces
        if isinstance(piece, Reasoned) and (mark := piece.signature or piece.sealed)
    )


def _finish(reason: Any) -> Finish | None:
    """Return the hub's word for a reason; one that nobody knows yet is an end like any other."""
    return _FINISHES.get(reason, Finish.STOP) if isinstance(reason, str) else None


def _stopped_by(ended: Object) -> str | None:
    is_stopped = ended.get("stop_reason") == "stop_sequence"
    return _text(ended.get("stop_sequence")) if is_stopped else None


def _usage(counts: Object) -> Usage | None:
    """Return the counts; the vendor's input leaves out what was read from or put into a cache."""
    output = _count(counts.get("output_tokens"))
    fresh = _count(counts.get("input_tokens"))
    if output is None and fresh is None:
        return None
    cached = _count(counts.get("cache_read_input_tokens"))
    written = _count(counts.get("cache_creation_input_tokens"))
    details = _object(counts.get("output_tokens_details"))
    return Usage(
        input_tokens=None if fresh is None else fresh + (cached or 0) + (written or 0),
        output_tokens=output,
        cached_tokens=cached,
        reasoning_tokens=_count(details.get("thinking_tokens")),
        source=UsageSource.REPORTED,
        cache_write_tokens=written,
    )


def _count(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _MOST_TOKENS else None


def _error_text(data: Object) -> str:
    error = data.get("error")
    words = error.get("message") or error.get("type") if isinstance(error, dict) else error
    return str(words or "the provider reported an error")


def _object(value: Any) -> Object:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
