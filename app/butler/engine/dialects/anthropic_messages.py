"""Anthropic messages, as clients and providers speak them.

Source: Anthropic API reference, "Messages" and "Streaming messages".
"""

import orjson

from butler.engine.call import Request, Target
from butler.engine.dialects import json_edit
from butler.engine.dialects.anthropic_answer import (
    PING,
    MessageEvents,
    WholeMessage,
    error_body,
    too_long_body,
)
from butler.engine.dialects.anthropic_conversation import read_conversation
from butler.engine.dialects.anthropic_reader import MessageStreamReader, pieces_of, read_reply
from butler.engine.dialects.anthropic_relay import MessageRelay
from butler.engine.dialects.anthropic_request import Wanted, write_request
from butler.engine.dialects.base import AnswerWriter, Delta, Translator
from butler.engine.dialects.body import read_object
from butler.engine.dialects.canonical import Conversation, Heard
from butler.engine.dialects.json_edit import STRING_OR_NULL, Member

_MODEL = Member("model", STRING_OR_NULL)


class AnthropicMessages:
    """The dialect of `POST /v1/messages`."""

    name = "anthropic_messages"
    heartbeat = PING
    stream_type = "text/event-stream"
    id_header = "request-id"
    wordless = frozenset(
        {
            *("seed", "presence_penalty", "frequency_penalty", "likeliest", "verbosity"),
            *("cache_key", "strict_tools"),
        }
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
        seals = self.keeps_seals(request)
        return (WholeMessage if whole else MessageEvents)(target, input_tokens, seals=seals)

    def keeps_seals(self, request: Request) -> bool:
        """Say whether the model was asked to think: others expect no sealed thoughts."""
        thinking = request.data.get("thinking")
        return isinstance(thinking, dict) and thinking.get("type") in ("enabled", "adaptive")

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

    def stream_reader(self) -> MessageStreamReader:
        """Return a reader for one streamed answer."""
        return MessageStreamReader()

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole message; raises ValueError where it is none."""
        return read_reply(body)

    def pieces(self, delta: Delta) -> list[Heard]:
        """Return what an event, or a whole message, says."""
        return list(pieces_of(delta.data)) if isinstance(delta.data, dict) else []
