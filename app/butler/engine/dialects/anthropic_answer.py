"""Anthropic messages, written from the hub's types: streamed as events, or whole.

Source: Anthropic API reference, "Messages" (response), "Streaming messages", "Errors".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import (
    Called,
    Finish,
    Piece,
    Reasoned,
    Said,
    Thought,
    blocks_of,
    fold,
)
from butler.engine.dialects.responses_seal import seal
from butler.engine.dialects.too_long import told_numbers
from butler.engine.store.ids import new_id
from butler.engine.tally import Tally

Body = dict[str, Any]
_SEALED = "sealed"
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
    "key_rejected": "invalid_request_error",
    "out_of_credit": "invalid_request_error",
    "timeout": "timeout_error",
    "context_length_exceeded": "invalid_request_error",
    "content_policy": "invalid_request_error",
    "refused": "invalid_request_error",
    "unsupported_content": "invalid_request_error",
}


class MessageEvents:
    """Writes a stream: each block opened, filled and closed, one after the other."""

    def __init__(self, target: Target, input_tokens: int = 0, *, seals: bool = True) -> None:
        """`input_tokens` is an estimate: the beginning tells them, providers only the end.

        `seals` says whether the client awaits thoughts that it can not read.
        """
        self._head = _head(target)
        self._seals = seals
        self._signer = str(target)
        self._counting = _Counting(input_tokens)
        self._ending = _Ending()
        self._begun = self._failed = False
        self._open: object = None
        self._index = -1
        self._arguments: list[str] = []
        self._held: list[Piece] = []

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the events for one event of the provider's."""
        self._counting.hear(delta, pieces)
        if delta.error:
            return self.error(delta.error, "upstream_error")
        self._ending.hear(delta, pieces)
        return b"".join([event for piece in pieces for event in self._of(piece)])

    def error(self, message: str, code: str) -> bytes:
        """Return an `error` event with the vendor's error object."""
        self._failed = True
        return _event("error", error=error_object(message, "api_error", code))

    def close(self) -> bytes:
        """Return the last block's end, why the answer ended, and what it took."""
        if self._failed:
            return b""
        events = [*self._begin(), *self._shut()]
        while self._held:
            events += [*self._release(), *self._shut()]
        usage = self._counting.usage
        events.append(_event("message_delta", delta=self._ending.body(), usage=usage))
        events.append(_event("message_stop"))
        return b"".join(events)

    def _of(self, piece: Piece) -> Iterator[bytes]:
        """Yield the events of a piece; while a call is incomplete, all others wait behind it."""
        if not isinstance(self._open, int) or _is_of(piece, self._open):
            yield from self._now(piece)
        elif _is_object("".join(self._arguments)):
            yield from self._shut()
            yield from self._release()
            yield from self._of(piece)
        else:
            self._held.append(piece)

    def _release(self) -> Iterator[bytes]:
        held, self._held = self._held, []
        for piece in held:
            yield from self._of(piece)

    def _now(self, piece: Piece) -> Iterator[bytes]:
        if isinstance(piece, Called):
            yield from self._of_call(piece)
        elif isinstance(piece, Said):
            if piece.text:
                yield from self._in(Said, {"type": "text", "text": ""})
                yield self._filling({"type": "text_delta", "text": piece.text})
        else:
            yield from self._of_thought(piece)

    def _of_call(self, piece: Called) -> Iterator[bytes]:
        if self._open != piece.index:
            self._arguments = []
            block = {"type": "tool_use", "id": piece.id or new_id("toolu"), "name": piece.name}
            yield from self._in(piece.index, {**block, "name": piece.name or "", "input": {}})
        if piece.arguments:
            self._arguments.append(piece.arguments)
            yield self._filling({"type": "input_json_delta", "partial_json": piece.arguments})

    def _of_thought(self, piece: Reasoned) -> Iterator[bytes]:
        if piece.text:
            yield from self._in(Reasoned, {"type": "thinking", "thinking": "", "signature": ""})
            yield self._filling({"type": "thinking_delta", "thinking": piece.text})
        if not piece.is_end:
            return
        mark = _mark(piece, self._signer)
        if self._open is Reasoned:
            yield self._filling({"type": "signature_delta", "signature": mark})
        elif piece.sealed is not None and self._seals:
            yield from self._in(_SEALED, {"type": "redacted_thinking", "data": mark})
        if self._open in (Reasoned, _SEALED):
            yield from self._shut()

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
            message = {**self._head, "usage": self._counting.usage}
            yield _event("message_start", message=message)

    def _shut(self) -> Iterator[bytes]:
        if self._open is not None:
            self._open = None
            yield _event("content_block_stop", index=self._index)


class WholeMessage:
    """Writes a whole message: the blocks that a stream would open, each of them filled."""

    def __init__(self, target: Target, input_tokens: int = 0, *, seals: bool = True) -> None:
        """`input_tokens` is an estimate, for providers that tell none; `seals` as for streams."""
        self._head = _head(target)
        self._seals = seals
        self._signer = str(target)
        self._counting = _Counting(input_tokens)

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the message."""
        ending = _Ending()
        ending.hear(delta, pieces)
        self._counting.hear(delta, pieces)
        content = [_block(together, self._signer) for together in blocks_of(pieces)]
        if not self._seals:
            content = [block for block in content if block["type"] != "redacted_thinking"]
        told = {"content": content, **ending.body(), "usage": self._counting.usage}
        return orjson.dumps({**self._head, **told})

    def error(self, message: str, code: str) -> bytes:
        """Return the vendor's error object."""
        return error_body(message, "api_error", code)

    def close(self) -> bytes:
        """Return nothing: all has been said."""
        return b""


class _Counting:
    """What an answer took; where the provider tells nothing, an estimate: clients need numbers."""

    def __init__(self, input_tokens: int) -> None:
        self._input_tokens = input_tokens
        self._said = Tally()
        self._told: Usage | None = None

    def hear(self, delta: Delta, pieces: Sequence[Piece]) -> None:
        """Take in an event."""
        self._told = delta.usage or self._told
        for piece in pieces:
            self._said.add(piece.arguments if isinstance(piece, Called) else piece.text)

    @property
    def usage(self) -> Body:
        """The vendor's usage object."""
        told = self._told or Usage()
        given = self._input_tokens if told.input_tokens is None else told.input_tokens
        made = self._said.tokens if told.output_tokens is None else told.output_tokens
        return usage_of(replace(told, input_tokens=given, output_tokens=made))


class _Ending:
    """Why an answer ended; some vendors say `stop` also where a tool is to be called."""

    def __init__(self) -> None:
        self._finish: str | None = None
        self._stopped_by: str | None = None
        self._called = self._refused = False

    def hear(self, delta: Delta, pieces: Sequence[Piece]) -> None:
        """Take in an event."""
        self._finish = delta.finish or self._finish
        self._stopped_by = delta.stopped_by or self._stopped_by
        for piece in pieces:
            if isinstance(piece, Called):
                self._called = True
            elif isinstance(piece, Said) and piece.refused:
                self._refused = True

    def body(self) -> Body:
        """Return the reason, and the stop sequence where that is known."""
        reason = _REASONS.get(self._finish or Finish.STOP, "end_turn")
        if self._refused and reason == "end_turn":
            reason = "refusal"
        elif self._called and reason == "end_turn":
            reason = "tool_use"
        elif self._stopped_by and reason == "end_turn":
            return {"stop_reason": "stop_sequence", "stop_sequence": self._stopped_by}
        return {"stop_reason": reason, "stop_sequence": None}


def _block(pieces: Sequence[Piece], signer: str) -> Body:
    """Return a whole block."""
    reply = fold(pieces)
    if reply.calls:
        (call,) = reply.calls
        used = {"type": "tool_use", "id": call.id or new_id("toolu"), "name": call.name}
        return {**used, "input": _input(call.arguments)}
    if reply.thoughts:
        words = "".join(thought.text for thought in reply.thoughts)
        ends = (it for it in pieces if isinstance(it, Reasoned) and it.is_end)
        mark = next((_mark(end, signer) for end in ends), "")
        if not words:
            return {"type": "redacted_thinking", "data": mark}
        return {"type": "thinking", "thinking": words, "signature": mark}
    return {"type": "text", "text": "".join(it.text for it in pieces if isinstance(it, Said))}


def _mark(end: Reasoned, signer: str) -> str:
    """Return what a thought was signed or sealed with, and by whom: only that one takes it back."""
    return seal(Thought("", end.signature, end.sealed, signer))


def _is_of(piece: Piece, call: int) -> bool:
    return isinstance(piece, Called) and piece.index == call


def _is_object(arguments: str) -> bool:
    """Say whether arguments are all there."""
    try:
        return isinstance(orjson.loads(arguments), dict)
    except orjson.JSONDecodeError:
        return False


def error_body(message: str, type_: str, code: str | None) -> bytes:
    """Return `{"type": "error", "error": {...}}`, the vendor's object for every failure."""
    return orjson.dumps({"type": "error", "error": error_object(message, type_, code)})


def too_long_body(message: str) -> bytes:
    """Return the error by whose first words clients of this vendor shorten what they send."""
    words = message
    if _TOO_LONG not in message.lower():
        told = told_numbers(message)
        counts = f" {told[0]} tokens > {told[1]} maximum." if told is not None else ""
        words = f"{_TOO_LONG}:{counts} {message}"
    return error_body(words, "invalid_request_error", None)


def error_object(message: str, type_: str, code: str | None) -> Body:
    """Return the error with the vendor's own name for its kind."""
    named = _BY_CODE.get(code or "") or (type_ if type_ in _TYPES else "api_error")
    return {"type": named, "message": message}


def usage_of(usage: Usage | None) -> Body:
    """Return the vendor's usage object, in which what caches gave is no input; never left out."""
    known = usage or Usage()
    cached, written = known.cached_tokens or 0, known.cache_write_tokens or 0
    counted: Body = {
        "input_tokens": max((known.input_tokens or 0) - cached - written, 0),
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": cached,
        "output_tokens": known.output_tokens or 0,
    }
    if known.reasoning_tokens is not None:
        counted["output_tokens_details"] = {"thinking_tokens": known.reasoning_tokens}
    return counted


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
