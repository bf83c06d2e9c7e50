"""OpenAI chat completions, as clients and providers speak them.

Source: OpenAI API reference, "Chat Completions" (create, object, streaming chunk object).
"""

import orjson

from butler.engine.call import Request, Target
from butler.engine.dialects import json_edit
from butler.engine.dialects.base import Delta, Translator
from butler.engine.dialects.body import read_object
from butler.engine.dialects.canonical import Conversation, Heard
from butler.engine.dialects.json_edit import FLAT_OBJECT_OR_NULL, STRING_OR_NULL, Member
from butler.engine.dialects.openai_answer import ChatChunks, ChatCompletion
from butler.engine.dialects.openai_conversation import read_conversation
from butler.engine.dialects.openai_reader import ChatStreamReader, pieces_of, read_reply
from butler.engine.dialects.openai_relay import ChatRelay
from butler.engine.dialects.openai_request import write_request
from butler.engine.dialects.openai_tools import custom_names

_MODEL = Member("model", STRING_OR_NULL)
_OPTIONS = Member("stream_options", FLAT_OBJECT_OR_NULL)


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

    def stream_reader(self) -> ChatStreamReader:
        """Return a reader for one streamed answer."""
        return ChatStreamReader()

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole completion; raises ValueError where it is none."""
        return read_reply(body)

    def relay(self, request: Request, target: Target) -> ChatRelay:
        """Return the writer of one answer."""
        return ChatRelay(target, drop_usage=not request.wants_usage)

    def translator(
        self, request: Request, target: Target, *, whole: bool, input_tokens: int = 0
    ) -> Translator:
        """Return the writer of an answer that comes in another dialect."""
        custom = custom_names(request.data)
        if whole:
            return ChatCompletion(target, custom)
        return ChatChunks(target, wants_usage=request.wants_usage, custom=custom)

    def pieces(self, delta: Delta) -> list[Heard]:
        """Return what an event, or a whole completion, says in its first choice."""
        return list(pieces_of(delta.data)) if isinstance(delta.data, dict) else []

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
