"""OpenAI responses: requests, whole replies, and streams of named events.

Nothing is kept here between requests: a client sends its whole conversation every time. What
leans on the vendor's own memory passes only to a provider and model that the client has named.

Source: OpenAI API reference, "Responses".
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from butler.engine.call import Request, Target
from butler.engine.dialects import json_edit
from butler.engine.dialects.base import AnswerWriter, Delta, Translator
from butler.engine.dialects.body import parse_object
from butler.engine.dialects.canonical import Conversation, Heard
from butler.engine.dialects.json_edit import STRING_OR_NULL, Member
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.responses_answer import ResponseEvents, WholeResponse
from butler.engine.dialects.responses_conversation import read_conversation, read_messages
from butler.engine.dialects.responses_reader import ResponseStreamReader, pieces_of, read_reply
from butler.engine.dialects.responses_request import write_request
from butler.engine.dialects.sse import data_of
from butler.engine.errors import ClientError

_MODEL = Member("model", STRING_OR_NULL)
KEPT_ELSEWHERE = ("previous_response_id", "conversation", "prompt")
"""Members that mean something to the vendor alone that keeps what they refer to."""


class OpenAIResponses:
    """The dialect of `POST /v1/responses`."""

    name = "openai_responses"
    heartbeat = b": keepalive\n\n"
    stream_type = "text/event-stream"
    id_header = "x-request-id"
    wordless = frozenset({"top_k", "stop", "seed", "presence_penalty", "frequency_penalty"})

    def __init__(self) -> None:
        self._errors = OpenAIChat()

    def read_request(self, body: bytes) -> Request:
        """Read a request; raises ClientError where it is none, or leans on what is not here."""
        data = parse_object(body)
        if data.get("background"):
            raise _unsupported("background", "Nobody can be asked later for an answer from here.")
        if "/" not in (data.get("model") or ""):
            refuse_what_is_kept_elsewhere(data)
        _check_input(data)
        return Request(
            raw=body,
            data=data,
            model=data.get("model"),
            stream=bool(data.get("stream")),
            wants_usage=True,
            dialect=self,
            told=read_messages(data),
        )

    def conversation(self, request: Request) -> Conversation:
        """Read all of a request, to be written in another dialect."""
        refuse_what_is_kept_elsewhere(request.data)
        return read_conversation(request.data)

    def write_request(self, request: Request, model: str) -> bytes:
        """Return the client's own bytes with the model's name put in."""
        name = orjson.dumps(model)
        if "model" not in request.data:
            return json_edit.insert_first(request.raw, b'"model":' + name)
        return _MODEL.replace(request.raw, name, certain=True) or request.raw

    def write_conversation(
        self,
        conversation: Conversation,
        model: str,
        *,
        thinks: bool = True,
        more: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the body of a request that was made in another dialect; see `write_request`."""
        return write_request(conversation, model, thinks=thinks, more=more)

    def stream_reader(self) -> ResponseStreamReader:
        """Return a reader for one streamed answer."""
        return ResponseStreamReader()

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole response; raises ValueError where it is none."""
        return read_reply(body)

    def pieces(self, delta: Delta) -> list[Heard]:
        """Return what an event, or a whole response, says."""
        return list(pieces_of(delta.data)) if isinstance(delta.data, dict) else []

    def keeps_seals(self, _request: Request) -> bool:
        """Say that its clients keep items as they come."""
        return True

    def relay(self, request: Request, target: Target) -> AnswerWriter:
        """Return the writer of an answer that comes in this dialect."""
        return ResponseRelay(request, target)

    def translator(
        self, request: Request, target: Target, *, whole: bool, input_tokens: int = 0
    ) -> Translator:
        """Return the writer of an answer that comes in another dialect."""
        return (WholeResponse if whole else ResponseEvents)(target, request.data)

    def error_body(self, message: str, type_: str, code: str | None, param: str | None) -> bytes:
        """Return `{"error": {...}}` with all four of the vendor's fields."""
        return self._errors.error_body(message, type_, code, param)

    def too_long_body(self, message: str) -> bytes:
        """Return the error that a prompt is too long, with the vendor's code for it."""
        error = orjson.loads(self._errors.too_long_body(message))["error"]
        return orjson.dumps({"error": {**error, "param": "input"}})

    def is_error_body(self, body: bytes) -> bool:
        """Say whether a body is the vendor's error object."""
        return self._errors.is_error_body(body)


class ResponseRelay:
    """Writes the provider's own bytes; only `model` changes, wherever a response names it."""

    def __init__(self, request: Request, target: Target) -> None:
        self._label = orjson.dumps(str(target))
        self._failure = ResponseEvents(target, request.data)
        self._first = self._last = b""

    def write(self, deltas: Sequence[Delta]) -> bytes:
        """Return the bytes for the client."""
        if deltas:
            begun = (delta.raw for delta in deltas if b'"response":' in delta.raw)
            self._first = self._first or next(begun, b"")
            self._last = deltas[-1].raw
        return b"".join([self._renamed(delta.raw) for delta in deltas])

    def close(self) -> bytes:
        """Return nothing: the provider's own end has passed through."""
        return b""

    def error(self, message: str, code: str) -> bytes:
        """Return an `error` event and the failed response, behind what the provider has said."""
        if self._last:
            self._failure.follow(_parsed(self._first), _parsed(self._last))
        return self._failure.error(message, code)

    def _renamed(self, raw: bytes) -> bytes:
        if b'"model"' not in raw:
            return raw
        # A stream names it in the response, which is the event's second object.
        start = 0 if raw.startswith(b"{") else raw.find(b"{", raw.find(b'"response":'))
        found = _MODEL.find(raw, start) if start >= 0 else []
        if len(found) != 1:
            return raw
        return raw[: found[0].start(1)] + self._label + raw[found[0].end(1) :]


def _parsed(raw: bytes) -> Mapping[str, Any]:
    """Return an event's data; nothing where it is no object."""
    try:
        data = orjson.loads(data_of(raw) or b"{}")
    except orjson.JSONDecodeError:
        return {}
    return data if isinstance(data, dict) else {}


def refuse_what_is_kept_elsewhere(data: Mapping[str, Any]) -> None:
    """Raise ClientError for a request that leans on what only its vendor keeps, or can do."""
    for key in KEPT_ELSEWHERE:
        if data.get(key):
            raise _unsupported(
                key,
                f"`{key}` refers to what the vendor keeps, and nothing is kept here. Send the "
                "whole conversation as `input`, with `store: false`, or name the provider and "
                "model that keep it.",
            )
    items = data.get("input")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and item.get("type") == "compaction_trigger":
            raise ClientError(
                400,
                "unsupported_value",
                "Only the vendor can compact a conversation this way. "
                "Configure the butler as a model provider of its own in Codex.",
                param="input",
            )


def _unsupported(param: str, message: str) -> ClientError:
    return ClientError(400, "unsupported_parameter", message, param=param)


def _check_input(data: Mapping[str, Any]) -> None:
    given = data.get("input")
    if isinstance(given, str) or _is_filled_list(given):
        return
    if given is None and any(data.get(key) for key in KEPT_ELSEWHERE):
        return
    raise ClientError(
        400,
        "missing_required_parameter" if given is None else "invalid_type",
        "`input` must be a text, or a list with at least one item.",
        param="input",
    )


def _is_filled_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)
