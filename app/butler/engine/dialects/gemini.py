"""Google's generateContent: requests, whole answers, and streams of the same objects.

Which model is asked, and whether to stream, stands in the address: `Gemini.at` returns the dialect
of one address. One of no address reads a request for `auto` that is answered whole.

Source: Gemini API reference, "Generating content".
"""

from dataclasses import dataclass, replace
from typing import Self

from butler.engine.call import Request, Target
from butler.engine.dialects.base import AnswerWriter, Delta, Translator
from butler.engine.dialects.canonical import Conversation, Heard
from butler.engine.dialects.gemini_answer import ContentChunks, Frame, WholeContent
from butler.engine.dialects.gemini_body import read_body
from butler.engine.dialects.gemini_conversation import functions_of, read_conversation
from butler.engine.dialects.gemini_errors import error_body, is_error_body, too_long_body
from butler.engine.dialects.gemini_parts import read_messages
from butler.engine.dialects.gemini_reader import ContentStreamReader, pieces_of, read_reply
from butler.engine.dialects.gemini_relay import ContentRelay
from butler.engine.dialects.gemini_request import Wanted, write_request
from butler.engine.dialects.responses_tools import flat_name


@dataclass(frozen=True, slots=True)
class Gemini:
    """The dialect of `POST /v1beta/models/{model}:generateContent`, or `:streamGenerateContent`.

    `model` and `stream` come from the address; with `sse` a stream is one of events, else a list
    that grows.
    """

    model: str | None = None
    stream: bool = False
    sse: bool = True

    name = "gemini"
    heartbeat = None
    id_header = "x-request-id"
    wordless = frozenset({"parallel_tools", "user", "verbosity", "cache_key", "strict_tools"})

    @property
    def stream_type(self) -> str:
        """The media type of a stream."""
        return "text/event-stream" if self.sse else "application/json"

    def at(self, model: str | None, *, stream: bool, sse: bool = True) -> Self:
        """Return the dialect of an address."""
        return replace(self, model=model, stream=stream, sse=sse)

    def read_request(self, body: bytes) -> Request:
        """Read a request; raises ClientError where it is none."""
        data = read_body(body)
        return Request(
            raw=body,
            data=data,
            model=self.model,
            stream=self.stream,
            wants_usage=True,
            dialect=self,
            told=read_messages(data),
        )

    def conversation(self, request: Request) -> Conversation:
        """Read all of a request, to be written in another dialect."""
        return read_conversation(request.data, stream=request.stream)

    def write_conversation(self, conversation: Conversation, wanted: Wanted) -> bytes:
        """Return the body of a request that was made in another dialect."""
        return write_request(conversation, wanted)

    def stream_reader(self) -> ContentStreamReader:
        """Return a reader for one streamed answer."""
        return ContentStreamReader()

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole answer; raises ValueError where it is none."""
        return read_reply(body)

    def pieces(self, delta: Delta) -> list[Heard]:
        """Return what an event, or a whole answer, says in its first candidate."""
        return list(pieces_of(delta.data)) if isinstance(delta.data, dict) else []

    def relay(self, request: Request, target: Target) -> AnswerWriter:
        """Return the writer of an answer that comes in this dialect."""
        return ContentRelay(target, stream=request.stream, sse=self.sse)

    def translator(
        self, request: Request, target: Target, *, whole: bool, input_tokens: int = 0
    ) -> Translator:
        """Return the writer of an answer that comes in another dialect."""
        declared = (function["name"] for function in functions_of(request.data))
        names = {flat: name for name in declared if (flat := flat_name(None, name)) != name}
        if whole:
            return WholeContent(target, names)
        return ContentChunks(target, names, Frame(sse=self.sse))

    def error_body(self, message: str, type_: str, code: str | None, _param: str | None) -> bytes:
        """Return the vendor's error object, which has no place for a parameter."""
        return error_body(message, type_, code)

    def too_long_body(self, message: str) -> bytes:
        """Return the error that a prompt is too long, in the vendor's words for it."""
        return too_long_body(message)

    def is_error_body(self, body: bytes) -> bool:
        """Say whether a body is the vendor's error object."""
        return is_error_body(body)
