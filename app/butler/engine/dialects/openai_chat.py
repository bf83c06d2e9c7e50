"""OpenAI chat completions: requests, whole replies and streams.

Source: OpenAI API reference, "Chat Completions" (create, object, streaming chunk object).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from butler.engine.call import Request, Target, Usage, UsageSource
from butler.engine.dialects import json_edit
from butler.engine.dialects.base import Delta, Translator
from butler.engine.dialects.body import read_object
from butler.engine.dialects.canonical import Called, Conversation, Piece, Reasoned, Said
from butler.engine.dialects.json_edit import FLAT_OBJECT_OR_NULL, STRING_OR_NULL, Member
from butler.engine.dialects.openai_answer import ChatChunks, ChatCompletion, error_event
from butler.engine.dialects.openai_conversation import read_conversation
from butler.engine.dialects.openai_request import write_request
from butler.engine.dialects.sse import EventSplitter, data_of

_MODEL = Member("model", STRING_OR_NULL)
_OPTIONS = Member("stream_options", FLAT_OBJECT_OR_NULL)
_MOST_TOKENS = 10**10
_WORDS = frozenset({"content", "reasoning_content", "reasoning", "refusal"})


class OpenAIChat:
    """The dialect of `POST /v1/chat/completions`."""

    name = "openai_chat"
    heartbeat = b": keepalive\n\n"
    stream_type = "text/event-stream"
    id_header = "x-request-id"
    wordless = frozenset({"top_k"})

    def read_request(self, body: bytes) -> Request:
        """Read a request; only what every room needs is looked at, the rest travels untouched."""
        data = read_object(body)
        options = data.get("stream_options")
        return Request(
            raw=body,
            data=data,
            model=data.get("model"),
            # Whatever is not plainly false: whether 1 or "yes" will do is the upstream's to say.
            stream=bool(data.get("stream")),
            wants_usage=isinstance(options, dict) and options.get("include_usage") is True,
            dialect=self,
        )

    def conversation(self, request: Request) -> Conversation:
        """Read all of a request, to be written in another dialect."""
        return read_conversation(request.data)

    def write_request(self, request: Request, model: str, *, ask_usage: bool) -> bytes:
        """Return the client's own bytes with the model's name put in, and usage asked for."""
        body = _with_model(request, orjson.dumps(model))
        if ask_usage and request.stream and not request.wants_usage:
            return _asking_for_usage(request, body)
        return body

    def write_conversation(
        self, conversation: Conversation, model: str, *, ask_usage: bool
    ) -> bytes:
        """Return the body of a request that was made in another dialect."""
        return write_request(conversation, model, ask_usage=ask_usage)

    def stream_reader(self) -> "ChatStreamReader":
        """Return a reader for one streamed answer."""
        return ChatStreamReader()

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole completion; raises ValueError where it is none."""
        data = orjson.loads(body)
        if not isinstance(data, dict):
            raise ValueError("the reply is not a JSON object")
        return _delta(body, data, whole=True)

    def relay(self, request: Request, target: Target) -> "ChatRelay":
        """Return the writer of one answer."""
        return ChatRelay(target, drop_usage=not request.wants_usage)

    def translator(
        self, request: Request, target: Target, *, whole: bool, input_tokens: int = 0
    ) -> Translator:
        """Return the writer of an answer that comes in another dialect."""
        if whole:
            return ChatCompletion(target)
        return ChatChunks(target, wants_usage=request.wants_usage)

    def pieces(self, delta: Delta) -> list[Piece]:
        """Return what an event, or a whole completion, says in its first choice."""
        return list(_pieces(delta.data)) if isinstance(delta.data, dict) else []

    def error_body(self, message: str, type_: str, code: str | None, param: str | None) -> bytes:
        """Return `{"error": {...}}` with all four of the vendor's fields."""
        return orjson.dumps(
            {"error": {"message": message, "type": type_, "param": param, "code": code}}
        )

    def too_long_body(self, message: str) -> bytes:
        """Return the error that a prompt is too long, with the vendor's code for it."""
        if "maximum context length" not in message.lower():
            message = f"The prompt is too long for this model's maximum context length. {message}"
        return self.error_body(
            message, "invalid_request_error", "context_length_exceeded", "messages"
        )

    def is_error_body(self, body: bytes) -> bool:
        """Say whether a body is the vendor's error object."""
        try:
            data = orjson.loads(body)
        except orjson.JSONDecodeError:
            return False
        return isinstance(data, dict) and isinstance(data.get("error"), dict)


class ChatStreamReader:
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


class ChatRelay:
    """Passes events through; only `model` changes, and usage that nobody asked for is left out."""

    def __init__(self, target: Target, *, drop_usage: bool) -> None:
        self._label = orjson.dumps(str(target))
        self._drop_usage = drop_usage
        self._needle: bytes | None = None
        self._put = b""

    def write(self, deltas: Sequence[Delta]) -> bytes:
        """Return the bytes for the client."""
        return b"".join(
            [
                self._renamed(delta.raw)
                for delta in deltas
                if not (delta.usage_only and self._drop_usage)
            ]
        )

    def error(self, message: str, code: str) -> bytes:
        """Return a `data:` event with the vendor's error object."""
        return error_event(message, code)

    def close(self) -> bytes:
        """Return nothing: the provider's own end has passed through."""
        return b""

    def _renamed(self, raw: bytes) -> bytes:
        """Replace `"model":"…"`, by the exact bytes once the first event has shown them."""
        if self._needle is not None and raw.count(self._needle) == 1:
            return raw.replace(self._needle, self._put)
        if b'"model"' not in raw:
            return raw
        return self._rename_anew(raw)

    def _rename_anew(self, raw: bytes) -> bytes:
        start = raw.find(b"{", _data_at(raw))
        found = _MODEL.find(raw, start) if start >= 0 else []
        if len(found) != 1:
            return raw
        named = found[0]
        self._needle = named.group()
        self._put = raw[named.start() : named.start(1)] + self._label
        return raw[: named.start()] + self._put + raw[named.end() :]


def _with_model(request: Request, model: bytes) -> bytes:
    if "model" not in request.data:
        return json_edit.insert_first(request.raw, b'"model":' + model)
    return _MODEL.replace(request.raw, model, certain=True) or request.raw


def _asking_for_usage(request: Request, body: bytes) -> bytes:
    """Ask for the usage event; options that are no options are left to the upstream to judge."""
    if "stream_options" not in request.data:
        return json_edit.insert_first(body, b'"stream_options":{"include_usage":true}')
    options = request.data["stream_options"]
    known = {} if options is None else options
    if not isinstance(known, dict) or any(isinstance(it, dict | list) for it in known.values()):
        return body
    return _OPTIONS.replace(body, orjson.dumps({**known, "include_usage": True})) or body


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


def _data_at(raw: bytes) -> int:
    """Return where an event's data begin; a whole reply begins with its object at once."""
    if raw.startswith((b"{", b"data:")):
        return 0
    at = raw.find(b"data:")
    while at > 0 and raw[at - 1] not in b"\r\n":
        at = raw.find(b"data:", at + 1)
    return max(at, 0)


def _delta(raw: bytes, data: Mapping[str, Any], *, whole: bool) -> Delta:
    if data.get("error"):
        return Delta(raw, error=_error_text(data["error"]), data=data)
    choices = data.get("choices")
    usage = _usage(data.get("usage"))
    if not isinstance(choices, list) or not choices:
        only_usage = usage is not None and choices == []
        return Delta(raw, usage=usage, usage_only=only_usage, data=data)
    said: list[str] = []
    finish = None
    content = whole
    for choice in choices:
        if not isinstance(choice, dict):
            continue
        reason = choice.get("finish_reason")
        if reason:
            # A reason that is no word is an end like any other.
            finish = reason if isinstance(reason, str) else "stop"
        content = _gather(choice.get("message" if whole else "delta"), said) or content
    return Delta(
        raw,
        text="".join(said),
        content=content or finish is not None,
        usage=usage,
        finish=finish,
        data=data,
    )


def _pieces(data: Mapping[str, Any]) -> Iterator[Piece]:
    choices = data.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    said = (choice.get("delta") or choice.get("message")) if isinstance(choice, dict) else None
    if not isinstance(said, dict):
        return
    thought = said.get("reasoning_content") or said.get("reasoning")
    if thought and isinstance(thought, str):
        yield Reasoned(thought)
    for key in ("content", "refusal"):
        if said.get(key) and isinstance(said[key], str):
            yield Said(said[key])
    calls = said.get("tool_calls")
    for place, call in enumerate(calls if isinstance(calls, list) else ()):
        function = call.get("function") if isinstance(call, dict) else None
        if isinstance(function, dict):
            index = call.get("index")
            yield Called(
                index if isinstance(index, int) else place,
                call.get("id"),
                function.get("name"),
                str(function.get("arguments") or ""),
            )


def _gather(message: Any, said: list[str]) -> bool:
    """Collect what a message or delta says; True when it says anything at all."""
    if not isinstance(message, dict):
        return False
    content = False
    for key, value in message.items():
        if not value or key == "role":
            continue
        if key not in _WORDS:
            content = True
            if key == "tool_calls":
                said.extend(_tool_words(value))
        elif isinstance(value, str):
            content = True
            said.append(value)
    return content


def _tool_words(calls: Any) -> Iterator[str]:
    for call in calls if isinstance(calls, list) else ():
        function = call.get("function") if isinstance(call, dict) else None
        if isinstance(function, dict):
            yield from (str(function.get(key) or "") for key in ("name", "arguments"))


def _usage(data: Any) -> Usage | None:
    if not isinstance(data, dict):
        return None
    cached = _inside(data, "prompt_tokens_details", "cached_tokens")
    if cached is None:
        # Some vendors have other places for it.
        cached = data.get("prompt_cache_hit_tokens", data.get("cached_tokens"))
    return Usage(
        input_tokens=_count(data.get("prompt_tokens")),
        output_tokens=_count(data.get("completion_tokens")),
        cached_tokens=_count(cached),
        reasoning_tokens=_count(_inside(data, "completion_tokens_details", "reasoning_tokens")),
        source=UsageSource.REPORTED,
        cache_write_tokens=_count(_inside(data, "prompt_tokens_details", "cache_write_tokens")),
    )


def _inside(data: Mapping[str, Any], outer: str, inner: str) -> object:
    details = data.get(outer)
    return details.get(inner) if isinstance(details, dict) else None


def _count(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _MOST_TOKENS else None


def _error_text(error: Any) -> str:
    if isinstance(error, dict):
        return str(error.get("message") or error.get("code") or "the provider reported an error")
    return str(error)
