"""Answers of Google's generateContent, written from the hub's types: streamed, or whole.

Each chunk of a stream is an answer itself; a call stands in one chunk whole. What was thought
before a call is sealed under it, too (`gemini_seal`): so it comes back to the target that thought.

Source: Gemini API reference, "Generating content" (GenerateContentResponse, Candidate,
UsageMetadata).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import (
    Called,
    Finish,
    Likely,
    Piece,
    Reasoned,
    Said,
    ToolCall,
    blocks_of,
    fold,
)
from butler.engine.dialects.gemini_errors import error_body, error_object
from butler.engine.dialects.gemini_seal import seal
from butler.engine.store.ids import new_id

Body = dict[str, Any]
_REASONS: Mapping[str, str] = {
    Finish.STOP: "STOP",
    Finish.LENGTH: "MAX_TOKENS",
    Finish.TOOL_CALLS: "STOP",
    Finish.CONTENT_FILTER: "SAFETY",
}


class Frame:
    """How the objects of a stream follow each other: as events, or as members of one list."""

    def __init__(self, *, sse: bool) -> None:
        self._sse = sse
        self._begun = False

    def put(self, body: bytes) -> bytes:
        """Return an object as the next of the stream."""
        if self._sse:
            return b"data: " + body + b"\r\n\r\n"
        before = b"," if self._begun else b"["
        self._begun = True
        return before + body + b"\r\n"

    def close(self) -> bytes:
        """Return the end of the stream."""
        if self._sse:
            return b""
        return b"]" if self._begun else b"[]"


class ContentChunks:
    """Writes a stream: what is said as it comes, calls when they are whole, the end last."""

    def __init__(self, target: Target, names: Mapping[str, str], frame: Frame) -> None:
        """`names` are what the client calls its functions."""
        self._head = _head(target)
        self._calling = _Calling(target, names)
        self._frame = frame
        self._usage: Usage | None = None
        self._finish: str | None = None
        self._refused = self._failed = False

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the chunks for one event of the provider's."""
        self._usage = delta.usage or self._usage
        if delta.error:
            return self.error(delta.error, "upstream_error")
        self._finish = delta.finish or self._finish
        return b"".join([chunk for piece in pieces for chunk in self._of(piece)])

    def error(self, message: str, code: str) -> bytes:
        """Return the vendor's error object in the place of a chunk, and the end of the stream."""
        self._failed = True
        return (
            self._frame.put(orjson.dumps(error_object(message, None, code))) + self._frame.close()
        )

    def close(self) -> bytes:
        """Return the last chunk: open calls, why the answer ended, and what it took."""
        if self._failed:
            return b""
        parts = self._calling.parts() or [{"text": ""}]
        reason = _reason(self._finish, refused=self._refused)
        return self._chunk(parts, finishReason=reason) + self._frame.close()

    def _of(self, piece: Piece) -> Iterator[bytes]:
        """Yield chunks for what is whole now."""
        if not isinstance(piece, Called) and piece.text and (calls := self._calling.parts()):
            yield self._chunk(calls)
        if not isinstance(piece, Said):
            self._calling.hear(piece)
        if isinstance(piece, Called) or not piece.text:
            return
        if isinstance(piece, Said):
            self._refused = self._refused or piece.refused
            yield self._chunk([{"text": piece.text}], **_likely(piece.likely))
        else:
            yield self._chunk([{"text": piece.text, "thought": True}])

    def _chunk(self, parts: Sequence[Body], **members: Any) -> bytes:
        candidate = {"content": {"parts": parts, "role": "model"}, **members, "index": 0}
        return self._frame.put(orjson.dumps(_answer(self._head, candidate, self._usage)))


class WholeContent:
    """Writes a whole answer: the fold of what was said."""

    def __init__(self, target: Target, names: Mapping[str, str]) -> None:
        self._head = _head(target)
        self._calling = _Calling(target, names)

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the answer."""
        reply = fold(pieces)
        for piece in pieces:
            if isinstance(piece, Reasoned):
                self._calling.hear(piece)
        parts = [part for block in blocks_of(pieces) for part in self._parts(block)]
        candidate = {
            "content": {"parts": parts or [{"text": ""}], "role": "model"},
            "finishReason": _reason(delta.finish, refused=bool(reply.refusal)),
            "index": 0,
            **_likely(reply.likely),
        }
        return orjson.dumps(_answer(self._head, candidate, delta.usage))

    def _parts(self, block: Sequence[Piece]) -> Iterator[Body]:
        for piece in block:
            if isinstance(piece, Called):
                self._calling.hear(piece)
        yield from self._calling.parts()
        text = "".join(piece.text for piece in block if not isinstance(piece, Called))
        if text:
            thought = {"thought": True} if isinstance(block[0], Reasoned) else {}
            yield {"text": text, **thought}

    def error(self, message: str, code: str) -> bytes:
        """Return the vendor's error object."""
        return error_body(message, None, code)

    def close(self) -> bytes:
        """Return nothing: all has been said."""
        return b""


class _Calling:
    """Gathers calls until they are whole, and what was thought before them."""

    def __init__(self, target: Target, names: Mapping[str, str]) -> None:
        self._signer = str(target)
        self._names = names
        self._heard: list[Called | Reasoned] = []

    def hear(self, piece: Called | Reasoned) -> None:
        """Take in a piece of a call, or of a thought."""
        self._heard.append(piece)

    def parts(self) -> list[Body]:
        """Return the calls that were heard, the first one with the thoughts before it."""
        if not any(isinstance(piece, Called) for piece in self._heard):
            return []
        reply, self._heard = fold(self._heard), []
        parts = [_call(call, self._names) for call in reply.calls]
        if reply.thoughts:
            parts[0]["thoughtSignature"] = seal(reply.thoughts, self._signer)
        return parts


def usage_of(usage: Usage) -> Body:
    """Return the vendor's usage object, in which thoughts are no part of the answer.

    What nobody has counted is not in it.
    """
    given, made = usage.input_tokens, usage.output_tokens
    thought = min(usage.reasoning_tokens or 0, made or 0)
    counts = {} if given is None else {"promptTokenCount": given}
    if made is not None:
        counts["candidatesTokenCount"] = made - thought
    if given is not None and made is not None:
        counts["totalTokenCount"] = given + made
    if usage.cached_tokens:
        counts["cachedContentTokenCount"] = usage.cached_tokens
    if thought:
        counts["thoughtsTokenCount"] = thought
    return counts


def _answer(head: Body, candidate: Body, usage: Usage | None) -> Body:
    counts = usage_of(usage) if usage else {}
    return {"candidates": [candidate], **({"usageMetadata": counts} if counts else {}), **head}


def _call(call: ToolCall, names: Mapping[str, str]) -> Body:
    """Return a call; arguments that are no object are kept in one."""
    try:
        args = orjson.loads(call.arguments)
    except orjson.JSONDecodeError:
        args = call.arguments
    args = args if isinstance(args, dict) else {"arguments": args}
    named = {"id": call.id or new_id("call"), "name": names.get(call.name, call.name)}
    return {"functionCall": {**named, "args": args}}


def _likely(tokens: Sequence[Likely]) -> Body:
    """Return the member that tells how likely tokens were; nothing where nobody has told."""
    if not tokens:
        return {}
    result: Body = {"chosenCandidates": list(map(_token, tokens))}
    if any(token.others for token in tokens):
        places = [{"candidates": list(map(_token, token.others))} for token in tokens]
        result["topCandidates"] = places
    return {"logprobsResult": result}


def _token(token: Likely) -> Body:
    return {"token": token.token, "logProbability": token.logprob}


def _reason(finish: str | None, *, refused: bool) -> str:
    reason = _REASONS.get(finish or Finish.STOP, "STOP")
    return "SAFETY" if refused and reason == "STOP" else reason


def _head(target: Target) -> Body:
    return {"modelVersion": str(target), "responseId": new_id("resp")}
