"""OpenAI completions, written from the hub's types: streamed, or whole.

Source: OpenAI API reference, "Completions" (object). There is no place in them for thoughts and
tools, which nobody can ask for either.
"""

import time
from collections.abc import Sequence
from typing import Any

import orjson

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Finish, Likely, Piece, Said
from butler.engine.dialects.openai_answer import error_event, error_object, usage_of
from butler.engine.store.ids import new_id

Object = dict[str, Any]
_DONE = b"data: [DONE]\n\n"


class CompletionChunks:
    """Writes a stream: the prompt where it is to be echoed, what is said, the end, and usage."""

    def __init__(self, target: Target, echo: str, *, wants_usage: bool) -> None:
        self._head = _head(target)
        self._echo = echo
        self._wants_usage = wants_usage
        self._said_chars = 0
        self._failed = False
        self._usage: Usage | None = None

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the chunks for one event of the provider's."""
        self._usage = delta.usage or self._usage
        if delta.error:
            return self.error(delta.error, "upstream_error")
        out = []
        said = [piece for piece in pieces if isinstance(piece, Said) and piece.text]
        if self._echo and (said or delta.finish is not None):
            said, self._echo = [Said(self._echo), *said], ""
        for piece in said:
            out.append(self._chunk(piece.text, _logprobs(piece.likely, self._said_chars)))
            self._said_chars += len(piece.text)
        if delta.finish is not None:
            out.append(self._chunk("", None, _reason(delta.finish)))
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

    def _chunk(self, text: str, logprobs: Object | None, finish: str | None = None) -> bytes:
        usage = {"usage": None} if self._wants_usage else {}
        return _event({**self._head, "choices": [_choice(text, logprobs, finish)], **usage})


class WholeCompletion:
    """Writes a whole completion."""

    def __init__(self, target: Target, echo: str) -> None:
        self._head = _head(target)
        self._echo = echo

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the completion."""
        said = [piece for piece in pieces if isinstance(piece, Said)]
        text = self._echo + "".join(piece.text for piece in said)
        likely = [one for piece in said for one in piece.likely]
        logprobs = _logprobs(likely, len(self._echo))
        choice = _choice(text, logprobs, _reason(delta.finish))
        usage = {} if delta.usage is None else {"usage": usage_of(delta.usage)}
        return orjson.dumps({**self._head, "choices": [choice], **usage})

    def error(self, message: str, code: str) -> bytes:
        """Return the vendor's error object."""
        return orjson.dumps(error_object(message, code))

    def close(self) -> bytes:
        """Return nothing: all has been said."""
        return b""


def _reason(finish: str | None) -> str:
    return Finish.STOP if finish in (None, Finish.TOOL_CALLS) else finish


def _choice(text: str, logprobs: Object | None, finish: str | None) -> Object:
    return {"index": 0, "text": text, "logprobs": logprobs, "finish_reason": finish}


def _logprobs(likely: Sequence[Likely], at_char: int) -> Object | None:
    """Return how likely tokens were: four lists side by side; places are counted in letters."""
    if not likely:
        return None
    offsets = []
    for one in likely:
        offsets.append(at_char)
        at_char += len(one.token)
    return {
        "tokens": [one.token for one in likely],
        "token_logprobs": [one.logprob for one in likely],
        "top_logprobs": [{it.token: it.logprob for it in one.others or (one,)} for one in likely],
        "text_offset": offsets,
    }


def _head(target: Target) -> Object:
    return {
        "id": new_id("cmpl"),
        "object": "text_completion",
        "created": int(time.time()),
        "model": str(target),
    }


def _event(body: Object) -> bytes:
    return b"data: " + orjson.dumps(body) + b"\n\n"
