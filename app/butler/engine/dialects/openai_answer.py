"""OpenAI chat completions, written from the hub's types: streamed as chunks, or whole.

Source: OpenAI API reference, "Chat Completions" (object, streaming chunk object). What a model
thought goes out as `reasoning_content`, the field that OpenAI-compatible vendors and clients
agree on. Calls of custom tools, which were made functions for the model, are free text again.
"""

import time
from collections.abc import Mapping, Sequence, Set
from typing import Any

import orjson

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import (
    NO_ARGUMENTS,
    Called,
    Finish,
    Likely,
    Piece,
    Reply,
    Said,
    ToolCall,
    fold,
)
from butler.engine.dialects.responses_tools import free_text
from butler.engine.store.ids import new_id

Chunk = dict[str, Any]
_DONE = b"data: [DONE]\n\n"


class ChatChunks:
    """Writes a stream: the role first, then what is said, its end, and usage where wanted."""

    def __init__(
        self, target: Target, *, wants_usage: bool, custom: Set[str] = frozenset()
    ) -> None:
        """`custom` are the names of the tools that take free text."""
        self._head = _head(target, "chat.completion.chunk")
        self._custom = custom
        self._free: dict[int, list[str]] = {}
        self._wants_usage = wants_usage
        self._begun = self._spoken = self._failed = False
        self._places: dict[int, int] = {}
        self._told: set[int] = set()
        self._usage: Usage | None = None

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the chunks for one event of the provider's."""
        self._usage = delta.usage or self._usage
        if delta.error:
            return self.error(delta.error, "upstream_error")
        out = [
            self._chunk(said, likely=_likely(piece))
            for piece in pieces
            if (said := self._said(piece))
        ]
        if delta.finish is not None:
            out += [self._chunk(_input(place, said)) for place, said in self._free.items()]
            self._free = {}
            silent = set(self._places.values()) - self._told
            out += [self._chunk(_arguments(place, NO_ARGUMENTS)) for place in sorted(silent)]
            self._told |= silent
            last = {} if self._spoken or self._places else {"content": ""}
            out.append(self._chunk(last, _reason(delta.finish, bool(self._places))))
        return b"".join(out)

    def error(self, message: str, code: str) -> bytes:
        """Return a `data:` event with the vendor's error object."""
        self._failed = True
        return error_event(message, code)

    def close(self) -> bytes:
        """Return the usage chunk, where asked for, and `[DONE]`; after an error neither."""
        if self._failed:
            return b""
        if not self._wants_usage or self._usage is None:
            return _DONE
        return _event({**self._head, "choices": [], "usage": usage_of(self._usage)}) + _DONE

    def _chunk(self, said: Chunk, finish: str | None = None, likely: Chunk | None = None) -> bytes:
        if not self._begun:
            self._begun = True
            said = {"role": "assistant", "content": None, **said}
        choice = {"index": 0, "delta": said, "logprobs": likely, "finish_reason": finish}
        usage = {"usage": None} if self._wants_usage else {}
        return _event({**self._head, "choices": [choice], **usage})

    def _said(self, piece: Piece) -> Chunk:
        if isinstance(piece, Said):
            if not piece.text and not piece.likely:
                return {}
            self._spoken = True
            return {"refusal" if piece.refused else "content": piece.text}
        if isinstance(piece, Called):
            return self._call(piece)
        # A signature means nothing to this dialect's clients.
        return {"reasoning_content": piece.text} if piece.text else {}

    def _call(self, piece: Called) -> Chunk:
        is_first = piece.index not in self._places
        place = self._places.setdefault(piece.index, len(self._places))
        if is_first and piece.name in self._custom:
            self._free[place] = []
        if piece.arguments or place in self._free:
            self._told.add(place)
        if place in self._free:
            self._free[place].append(piece.arguments)
            named = {"name": piece.name, "input": ""}
            call = {"index": place, "id": piece.id or new_id("call"), "type": "custom"}
            return {"tool_calls": [{**call, "custom": named}]} if is_first else {}
        if not is_first:
            # Clients put texts together: a name that is told twice is another name.
            return _arguments(place, piece.arguments) if piece.arguments else {}
        function = {"name": piece.name or "", "arguments": piece.arguments}
        call = {"index": place, "id": piece.id or new_id("call"), "type": "function"}
        return {"tool_calls": [{**call, "function": function}]}


class ChatCompletion:
    """Writes a whole completion: the fold of what was said."""

    def __init__(self, target: Target, custom: Set[str] = frozenset()) -> None:
        """`custom` are the names of the tools that take free text."""
        self._head = _head(target, "chat.completion")
        self._custom = custom

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the completion."""
        reply = fold(pieces)
        choice = {
            "index": 0,
            "message": _message(reply, self._custom),
            "logprobs": _logprobs(reply.likely, refused=bool(reply.refusal)),
            "finish_reason": _reason(delta.finish, bool(reply.calls)),
        }
        usage = {} if delta.usage is None else {"usage": usage_of(delta.usage)}
        return orjson.dumps({**self._head, "choices": [choice], **usage})

    def error(self, message: str, code: str) -> bytes:
        """Return the vendor's error object."""
        return orjson.dumps(error_object(message, code))

    def close(self) -> bytes:
        """Return nothing: all has been said."""
        return b""


def error_object(message: str, code: str) -> Chunk:
    """Return the vendor's error object for a failure that is not the client's."""
    return {"error": {"message": message, "type": "server_error", "param": None, "code": code}}


def error_event(message: str, code: str) -> bytes:
    """Return the error object as an event of a stream."""
    return _event(error_object(message, code))


def usage_of(usage: Usage) -> Chunk:
    """Return the vendor's usage object; a count that nobody reported is left out, or 0."""
    known: Chunk = {
        "prompt_tokens": usage.input_tokens or 0,
        "completion_tokens": usage.output_tokens or 0,
        "total_tokens": (usage.input_tokens or 0) + (usage.output_tokens or 0),
    }
    if usage.cached_tokens is not None:
        known["prompt_tokens_details"] = {"cached_tokens": usage.cached_tokens}
        if usage.cache_write_tokens is not None:
            known["prompt_tokens_details"]["cache_write_tokens"] = usage.cache_write_tokens
    if usage.reasoning_tokens is not None:
        known["completion_tokens_details"] = {"reasoning_tokens": usage.reasoning_tokens}
    return known


def _reason(finish: str | None, called: bool) -> str:
    """Return why an answer ended; some vendors say `stop` also where a tool is to be called."""
    if called and finish in (None, Finish.STOP):
        return Finish.TOOL_CALLS
    return finish or Finish.STOP


def _likely(piece: Piece) -> Chunk | None:
    return _logprobs(piece.likely, refused=piece.refused) if isinstance(piece, Said) else None


def _logprobs(likely: Sequence[Likely], *, refused: bool) -> Chunk | None:
    if not likely:
        return None
    tokens = [{**_token(one), "top_logprobs": [*map(_token, one.others)]} for one in likely]
    return {"content": None, "refusal": tokens} if refused else {"content": tokens, "refusal": None}


def _token(one: Likely) -> Chunk:
    return {"token": one.token, "logprob": one.logprob, "bytes": one.bytes}


def _arguments(place: int, arguments: str) -> Chunk:
    return {"tool_calls": [{"index": place, "function": {"arguments": arguments}}]}


def _input(place: int, said: Sequence[str]) -> Chunk:
    return {"tool_calls": [{"index": place, "custom": {"input": free_text("".join(said))}}]}


def _message(reply: Reply, custom: Set[str]) -> Chunk:
    silent = None if reply.calls or reply.refusal else ""
    message: Chunk = {"role": "assistant", "content": reply.text or silent}
    message["refusal"] = reply.refusal or None
    thought = "".join(thought.text for thought in reply.thoughts)
    if thought:
        message["reasoning_content"] = thought
    if reply.calls:
        message["tool_calls"] = [_called(call, custom) for call in reply.calls]
    return message


def _called(call: ToolCall, custom: Set[str]) -> Chunk:
    id_ = call.id or new_id("call")
    if call.name in custom:
        free = {"name": call.name, "input": free_text(call.arguments)}
        return {"id": id_, "type": "custom", "custom": free}
    function = {"name": call.name, "arguments": call.arguments}
    return {"id": id_, "type": "function", "function": function}


def _head(target: Target, kind: str) -> Chunk:
    return {
        "id": new_id("chatcmpl"),
        "object": kind,
        "created": int(time.time()),
        "model": str(target),
    }


def _event(body: Mapping[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(body) + b"\n\n"
