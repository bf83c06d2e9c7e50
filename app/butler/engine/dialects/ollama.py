"""Ollama's own API, `POST /api/chat`: whole replies, and streams of one object a line.

Providers speak it; clients do not. Source: Ollama API reference, "Generate a chat completion",
"Streaming", "Tool calling", "Thinking", "Errors".
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from butler.engine.call import Usage, UsageSource
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import (
    NO_ARGUMENTS,
    Called,
    Conversation,
    Finish,
    Likely,
    Piece,
    Reasoned,
    Said,
)
from butler.engine.dialects.members import as_list, as_number, as_object, as_text, as_whole
from butler.engine.dialects.ndjson import LineSplitter
from butler.engine.dialects.ollama_request import Wanted, write_request

Object = Mapping[str, Any]
_MOST_TOKENS = 10**10
_NOTHING_ASKED = frozenset({"load", "unload"})
"""What ends an answer to nobody: the model was only put into memory, or taken out of it."""
_ID_CHARS = 24


class Ollama:
    """The dialect of `POST /api/chat`."""

    name = "ollama"
    wordless = frozenset({"user", "parallel_tools", "verbosity", "cache_key", "strict_tools"})

    def write_conversation(self, conversation: Conversation, wanted: Wanted) -> bytes:
        """Return the body of a request; raises ClientError for what can not be said in it."""
        return write_request(conversation, wanted)

    def stream_reader(self) -> "OllamaStreamReader":
        """Return a reader for one streamed answer."""
        return OllamaStreamReader()

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole answer; raises ValueError where it is none."""
        data = orjson.loads(body)
        if not isinstance(data, dict) or not ("message" in data or "error" in data):
            raise ValueError("the reply is no answer of this API")
        delta = OllamaStreamReader().read(body, data)
        if not delta.error and not delta.done:
            raise ValueError("the reply does not say that it is over")
        return delta

    def pieces(self, delta: Delta) -> list[Piece]:
        """Return what a line, or a whole answer, says."""
        return list(_pieces(delta.data)) if isinstance(delta.data, dict) else []


class OllamaStreamReader:
    """Cuts a stream into lines and reads what each one says."""

    def __init__(self) -> None:
        self._lines = LineSplitter()
        self._calls = 0

    def feed(self, data: bytes) -> list[Delta]:
        """Take bytes; return the lines that are complete now."""
        return [self._line(raw) for raw in self._lines.feed(data)]

    def close(self) -> list[Delta]:
        """Return the last line where its end was missing."""
        held = self._lines.close()
        return [self._line(held)] if held.strip() else []

    def _line(self, raw: bytes) -> Delta:
        try:
            data = orjson.loads(raw)
        except orjson.JSONDecodeError:
            data = None
        if not isinstance(data, dict):
            return Delta(raw, content=True, unreadable=True)
        return self.read(raw, data)

    def read(self, raw: bytes, data: dict[str, Any]) -> Delta:
        """Return what an object says; its calls are numbered on from those before it."""
        if data.get("error"):
            return Delta(raw, error=_error_text(data["error"]), data=data)
        message = as_object(data.get("message")) or {}
        if message.get("tool_calls"):
            calls = self._numbered(data, message["tool_calls"])
            data = {**data, "message": {**message, "tool_calls": calls}}
        pieces = list(_pieces(data))
        finish = self._finish(data)
        return Delta(
            raw,
            text="".join(map(_words, pieces)),
            content=bool(pieces) or finish is not None,
            usage=_usage(data) if data.get("done") else None,
            finish=finish,
            done=data.get("done") is True,
            data=data,
        )

    def _numbered(self, data: Object, calls: Any) -> list[Any]:
        """Give calls what not every server gives them: a number within the answer, and an id.

        A call comes whole, so its number is its place; the server's own may begin anew.
        """
        numbered = []
        for call in as_list(calls):
            if isinstance(call, dict) and isinstance(call.get("function"), dict):
                id_ = call.get("id") or _made_up(data, self._calls, call["function"])
                numbered.append({**call, "id": id_, "index": self._calls})
                self._calls += 1
        return numbered

    def _finish(self, data: Object) -> Finish | None:
        """Return why the answer ends; this API calls it a stop where calls are to be made, too."""
        reason = data.get("done_reason")
        if data.get("done") is not True or reason in _NOTHING_ASKED:
            return None
        if reason == "length":
            return Finish.LENGTH
        return Finish.TOOL_CALLS if self._calls else Finish.STOP


def _pieces(data: Object) -> Iterator[Piece]:
    message = as_object(data.get("message")) or {}
    if thought := as_text(message.get("thinking")):
        yield Reasoned(thought)
    text = as_text(message.get("content")) or ""
    likely = tuple(map(_likely, filter(_is_likely, as_list(data.get("logprobs")))))
    if text or likely:
        yield Said(text, likely=likely)
    for call in as_list(message.get("tool_calls")):
        function = call["function"]
        given = function.get("arguments")
        arguments = given if isinstance(given, str) else orjson.dumps(given or {}).decode()
        name = as_text(function.get("name")) or ""
        yield Called(call["index"], call["id"], name, arguments or NO_ARGUMENTS)


def _is_likely(token: Any) -> bool:
    told = as_object(token) or {}
    return isinstance(told.get("token"), str) and as_number(told.get("logprob")) is not None


def _likely(token: Object) -> Likely:
    spelled = token.get("bytes")
    others = filter(_is_likely, as_list(token.get("top_logprobs")))
    return Likely(
        token["token"],
        token["logprob"],
        tuple(spelled) if isinstance(spelled, list) else None,
        tuple(map(_likely, others)),
    )


def _made_up(data: Object, place: int, function: Object) -> str:
    """Return an id that the same bytes always get, and hardly any others."""
    told = orjson.dumps([data.get("created_at"), place, function])
    return "call_" + hashlib.sha256(told).hexdigest()[:_ID_CHARS]


def _words(piece: Piece) -> str:
    if isinstance(piece, Called):
        return (piece.name or "") + piece.arguments
    return piece.text


def _usage(data: Object) -> Usage | None:
    given, made = _count(data.get("prompt_eval_count")), _count(data.get("eval_count"))
    if given is None and made is None:
        return None
    return Usage(input_tokens=given, output_tokens=made, source=UsageSource.REPORTED)


def _count(value: object) -> int | None:
    number = as_whole(value)
    return number if number is not None and 0 <= number <= _MOST_TOKENS else None


def _error_text(error: Any) -> str:
    if isinstance(error, dict):
        error = error.get("message")
    return str(error or "the provider reported an error")
