"""Anthropic messages: requests, whole replies, and streams of named events.

Source: Anthropic API reference, "Messages" and "Streaming messages".
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from butler.engine.call import Request, Target, Usage, UsageSource
from butler.engine.dialects import json_edit
from butler.engine.dialects.anthropic_answer import (
    PING,
    MessageEvents,
    WholeMessage,
    error_body,
    too_long_body,
)
from butler.engine.dialects.anthropic_conversation import read_conversation
from butler.engine.dialects.anthropic_relay import MessageRelay
from butler.engine.dialects.anthropic_request import Wanted, write_request
from butler.engine.dialects.base import AnswerWriter, Delta, Translator
from butler.engine.dialects.body import read_object
from butler.engine.dialects.canonical import (
    Called,
    Conversation,
    Finish,
    Piece,
    Reasoned,
    Said,
)
from butler.engine.dialects.json_edit import STRING_OR_NULL, Member
from butler.engine.dialects.sse import EventSplitter, data_of

Object = Mapping[str, Any]
_MODEL = Member("model", STRING_OR_NULL)
_MOST_TOKENS = 10**10
_FINISHES: Mapping[str, Finish] = {
    "end_turn": Finish.STOP,
    "stop_sequence": Finish.STOP,
    "pause_turn": Finish.STOP,
    "max_tokens": Finish.LENGTH,
    "model_context_window_exceeded": Finish.LENGTH,
    "tool_use": Finish.TOOL_CALLS,
    "refusal": Finish.CONTENT_FILTER,
}
_OURS = frozenset({"text", "thinking", "redacted_thinking", "tool_use"})
"""Blocks that every dialect can say; what a vendor's own tools do in between is not among them."""


class AnthropicMessages:
    """The dialect of `POST /v1/messages`."""

    name = "anthropic_messages"
    heartbeat = PING
    stream_type = "text/event-stream"
    id_header = "request-id"
    wordless = frozenset(
        {"seed", "presence_penalty", "frequency_penalty", "likeliest", "verbosity", "cache_key"}
    )

    def read_request(self, body: bytes) -> Request:
        """Read a request; only what every room needs is looked at, the rest travels untouched."""
        data = read_object(body)
        return Request(
            raw=body,
            data=data,
            model=data.get("model"),
            stream=bool(data.get("stream")),
            wants_usage=True,
            dialect=self,
        )

    def conversation(self, request: Request) -> Conversation:
        """Read all of a request, to be written in another dialect."""
        return read_conversation(request.data)

    def write_request(self, request: Request, model: str) -> bytes:
        """Return the client's own bytes with the model's name put in."""
        name = orjson.dumps(model)
        if "model" not in request.data:
            return json_edit.insert_first(request.raw, b'"model":' + name)
        return _MODEL.replace(request.raw, name, certain=True) or request.raw

    def relay(self, _request: Request, target: Target) -> AnswerWriter:
        """Return the writer of an answer that comes in this dialect."""
        return MessageRelay(target)

    def translator(
        self, request: Request, target: Target, *, whole: bool, input_tokens: int = 0
    ) -> Translator:
        """Return the writer of an answer that comes in another dialect."""
        return WholeMessage(target) if whole else MessageEvents(target, input_tokens)

    def error_body(self, message: str, type_: str, code: str | None, _param: str | None) -> bytes:
        """Return the vendor's error object, which has no place for a parameter."""
        return error_body(message, type_, code)

    def too_long_body(self, message: str) -> bytes:
        """Return the error that a prompt is too long, in the vendor's words for it."""
        return too_long_body(message)

    def is_error_body(self, body: bytes) -> bool:
        """Say whether a body is the vendor's error object."""
        try:
            data = orjson.loads(body)
        except orjson.JSONDecodeError:
            return False
        return isinstance(data, dict) and isinstance(data.get("error"), dict)

    def write_conversation(self, conversation: Conversation, wanted: Wanted) -> bytes:
        """Return the body of a request; raises ClientError for what can not be said in it."""
        return write_request(conversation, wanted)

    def stream_reader(self) -> "MessageStreamReader":
        """Return a reader for one streamed answer."""
        return MessageStreamReader()

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole message; raises ValueError where it is none."""
        data = orjson.loads(body)
        if not isinstance(data, dict):
            raise ValueError("the reply is not a JSON object")
        if data.get("type") == "error" or data.get("error"):
            return Delta(body, error=_error_text(data), data=data)
        pieces = list(_of_message(data))
        return Delta(
            body,
            text="".join(map(_words, pieces)),
            content=bool(pieces) or data.get("stop_reason") is not None,
            usage=_usage(_object(data.get("usage"))),
            finish=_finish(data.get("stop_reason")),
            data=data,
            signed=_signed(pieces),
        )

    def pieces(self, delta: Delta) -> list[Piece]:
        """Return what an event, or a whole message, says."""
        data = delta.data
        if not isinstance(data, dict):
            return []
        return list(_of_event(data) if "index" in data else _of_message(data))


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
        if index in self._foreign:
            return Delta(raw)
        pieces = list(_of_event(data))
        words = "".join(map(_words, pieces))
        return Delta(raw, text=words, content=bool(words), data=data, signed=_signed(pieces))

    def _ending(self, raw: bytes, data: Object) -> Delta:
        self._count(data.get("usage"))
        finish = _finish(_object(data.get("delta")).get("stop_reason"))
        usage = _usage(self._counts)
        return Delta(raw, content=finish is not None, usage=usage, finish=finish)

    def _count(self, usage: Any) -> None:
        """Keep the latest of each count: those of the end are totals, too."""
        self._counts |= {key: it for key, it in _object(usage).items() if it is not None}


def _of_message(data: Object) -> Iterator[Piece]:
    content = data.get("content")
    for index, block in enumerate(content if isinstance(content, list) else ()):
        if isinstance(block, dict) and block.get("type") in _OURS:
            yield from _of_block(index, block, whole=True)


def _of_event(data: Object) -> Iterator[Piece]:
    index = data.get("index")
    place = index if isinstance(index, int) else 0
    if data.get("type") == "content_block_start":
        yield from _of_block(place, _object(data.get("content_block")), whole=False)
        return
    delta = _object(data.get("delta"))
    match delta.get("type"):
        case "text_delta":
            yield Said(_text(delta.get("text")))
        case "thinking_delta":
            yield Reasoned(_text(delta.get("thinking")))
        case "signature_delta":
            yield Reasoned(signature=_text(delta.get("signature")))
        case "input_json_delta":
            yield Called(place, arguments=_text(delta.get("partial_json")))


def _of_block(index: int, block: Object, *, whole: bool) -> Iterator[Piece]:
    """Yield what a block says by itself; in a stream most of it comes in deltas."""
    match block.get("type"):
        case "text" if block.get("text"):
            yield Said(_text(block["text"]))
        case "thinking" if block.get("thinking") or block.get("signature"):
            signature = _text(block.get("signature")) or None
            yield Reasoned(_text(block.get("thinking")), signature)
        case "redacted_thinking":
            yield Reasoned(sealed=_text(block.get("data")))
        case "tool_use":
            given = block.get("input")
            arguments = orjson.dumps(given).decode() if given or whole else ""
            yield Called(index, _text(block.get("id")), _text(block.get("name")), arguments)


def _words(piece: Piece) -> str:
    if isinstance(piece, Called):
        return (piece.name or "") + piece.arguments
    return piece.text


def _signed(pieces: Sequence[Piece]) -> tuple[str, ...]:
    return tuple(
        mark
        for piece in pieces
        if isinstance(piece, Reasoned) and (mark := piece.signature or piece.sealed)
    )


def _finish(reason: Any) -> Finish | None:
    """Return the hub's word for a reason; one that nobody knows yet is an end like any other."""
    return _FINISHES.get(reason, Finish.STOP) if isinstance(reason, str) else None


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
