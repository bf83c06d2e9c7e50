"""Anthropic messages, written from the hub's types: streamed as events, or whole.

Source: Anthropic API reference, "Messages" (response), "Streaming messages", "Errors".
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Finish, Piece, Reasoned, Said, fold
from butler.engine.store.ids import new_id

Body = dict[str, Any]
PING = b'event: ping\ndata: {"type":"ping"}\n\n'
_REASONS: Mapping[str, str] = {
    Finish.STOP: "end_turn",
    Finish.LENGTH: "max_tokens",
    Finish.TOOL_CALLS: "tool_use",
    Finish.CONTENT_FILTER: "refusal",
}
_TYPES = frozenset(
    {
        *("invalid_request_error", "authentication_error", "permission_error", "billing_error"),
        *("not_found_error", "request_too_large", "rate_limit_error", "timeout_error"),
        *("api_error", "overloaded_error"),
    }
)
_TOO_LONG = "prompt is too long"
_BY_CODE: Mapping[str, str] = {
    "rate_limited": "rate_limit_error",
    "overloaded": "overloaded_error",
    "model_not_found": "not_found_error",
    "not_found": "not_found_error",
    "request_too_large": "request_too_large",
    "out_of_credit": "billing_error",
    "timeout": "timeout_error",
    "context_length_exceeded": "invalid_request_error",
    "content_policy": "invalid_request_error",
    "refused": "invalid_request_error",
    "unsupported_content": "invalid_request_error",
}


class MessageEvents:
    """Writes a stream: each block opened, filled and closed, one after the other."""

    def __init__(self, target: Target, input_tokens: int = 0) -> None:
        """`input_tokens` is an estimate: the beginning tells them, providers only the end."""
        self._head = _head(target)
        self._estimate = Usage(input_tokens=input_tokens)
        self._begun = self._failed = False
        self._open: object = None
        self._index = -1
        self._usage: Usage | None = None
        self._finish: str | None = None
        self._called = False

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the events for one event of the provider's."""
        self._usage = delta.usage or self._usage
        if delta.error:
            return self.error(delta.error, "upstream_error")
        out = [event for piece in pieces for event in self._of(piece)]
        self._finish = delta.finish or self._finish
        return b"".join(out)

    def error(self, message: str, code: str) -> bytes:
        """Return an `error` event with the vendor's error object."""
        self._failed = True
        return _event("error", error=error_object(message, "api_error", code))

    def close(self) -> bytes:
        """Return the last block's end, why the answer ended, and what it took."""
        if self._failed:
            return b""
        ended = {"stop_reason": _reason(self._finish, self._called), "stop_sequence": None}
        events = [*self._begin(), *self._shut()]
        events.append(_event("message_delta", delta=ended, usage=self._counted()))
        events.append(_event("message_stop"))
        return b"".join(events)

    def _of(self, piece: Piece) -> Iterator[bytes]:
        if isinstance(piece, Called):
            yield from self._of_call(piece)
        elif isinstance(piece, Said):
            if piece.text:
                yield from self._in(Said, {"type": "text", "text": ""})
                yield self._filling({"type": "text_delta", "text": piece.text})
        else:
            yield from self._of_thought(piece)

    def _of_call(self, piece: Called) -> Iterator[bytes]:
        self._called = True
        block = {"type": "tool_use", "id": piece.id or new_id("toolu"), "name": piece.name or ""}
        yield from self._in(("call", piece.index), {**block, "input": {}})
        if piece.arguments:
            yield self._filling({"type": "input_json_delta", "partial_json": piece.arguments})

    def _of_thought(self, piece: Reasoned) -> Iterator[bytes]:
        if piece.sealed is not None:
            # Sealed for the models of its own vendor, who would not know it as one of this answer.
            return
        yield from self._in(Reasoned, {"type": "thinking", "thinking": "", "signature": ""})
        if piece.text:
            yield self._filling({"type": "thinking_delta", "thinking": piece.text})

    def _in(self, place: object, block: Body) -> Iterator[bytes]:
        """Open a block for what is said now, unless it goes on with what was said before."""
        yield from self._begin()
        if self._open == place:
            return
        yield from self._shut()
        self._open = place
        self._index += 1
        yield _event("content_block_start", index=self._index, content_block=block)

    def _filling(self, delta: Body) -> bytes:
        return _event("content_block_delta", index=self._index, delta=delta)

    def _begin(self) -> Iterator[bytes]:
        if not self._begun:
            self._begun = True
            message = {**self._head, "usage": self._counted()}
            yield _event("message_start", message=message)

    def _counted(self) -> Body:
        return usage_of(self._usage or self._estimate)

    def _shut(self) -> Iterator[bytes]:
        if self._open is not None:
            self._open = None
            yield _event("content_block_stop", index=self._index)


class WholeMessage:
    """Writes a whole message: the fold of what was said."""

    def __init__(self, target: Target) -> None:
        self._head = _head(target)

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the message."""
        reply = fold(pieces)
        thoughts = [thought for thought in reply.thoughts if thought.text]
        content: list[Body] = [
            {"type": "thinking", "thinking": thought.text, "signature": ""} for thought in thoughts
        ]
        if reply.text:
            content.append({"type": "text", "text": reply.text})
        for call in reply.calls:
            used = {"type": "tool_use", "id": call.id or new_id("toolu"), "name": call.name}
            content.append({**used, "input": _input(call.arguments)})
        message = {
            **self._head,
            "content": content,
            "stop_reason": _reason(delta.finish, bool(reply.calls)),
            "usage": usage_of(delta.usage),
        }
        return orjson.dumps(message)

    def error(self, message: str, code: str) -> bytes:
        """Return the vendor's error object."""
        return error_body(message, "api_error", code)

    def close(self) -> bytes:
        """Return nothing: all has been said."""
        return b""


def error_body(message: str, type_: str, code: str | None) -> bytes:
    """Return `{"type": "error", "error": {...}}`, the vendor's object for every failure."""
    return orjson.dumps({"type": "error", "error": error_object(message, type_, code)})


def too_long_body(message: str) -> bytes:
    """Return the error by whose first words clients of this vendor shorten what they send."""
    words = message if _TOO_LONG in message.lower() else f"{_TOO_LONG}: {message}"
    return error_body(words, "invalid_request_error", None)


def error_object(message: str, type_: str, code: str | None) -> Body:
    """Return the error with the vendor's own name for its kind."""
    named = _BY_CODE.get(code or "") or (type_ if type_ in _TYPES else "api_error")
    return {"type": named, "message": message}


def usage_of(usage: Usage | None) -> Body:
    """Return the vendor's usage object, in which what caches gave is no input; never left out."""
    known = usage or Usage()
    cached, written = known.cached_tokens or 0, known.cache_write_tokens or 0
    return {
        "input_tokens": max((known.input_tokens or 0) - cached - written, 0),
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": cached,
        "output_tokens": known.output_tokens or 0,
    }


def _reason(finish: str | None, called: bool) -> str:
    """Return why an answer ended; some vendors say `stop` also where a tool is to be called."""
    reason = _REASONS.get(finish or Finish.STOP, "end_turn")
    return "tool_use" if called and reason == "end_turn" else reason


def _input(arguments: str) -> Body:
    try:
        given = orjson.loads(arguments)
    except orjson.JSONDecodeError:
        given = arguments
    return given if isinstance(given, dict) else {"arguments": given}


def _head(target: Target) -> Body:
    return {
        "id": new_id("msg"),
        "type": "message",
        "role": "assistant",
        "model": str(target),
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
    }


def _event(type_: str, **members: Any) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (type_.encode(), orjson.dumps({"type": type_, **members}))
