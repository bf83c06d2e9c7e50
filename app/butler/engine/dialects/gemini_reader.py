"""Answers of Google's generateContent: whole, and streams of the same objects.

The vendor numbers no calls, and gives an id to those of newer models only: the reader does both,
in the parsed event and never in its bytes, so that all who read an answer find the same.

Source: Gemini API reference, "Generating content" (GenerateContentResponse, Candidate,
UsageMetadata), "Function calling", "Thought signatures".
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
    Finish,
    Heard,
    Likely,
    Reasoned,
    Said,
    Unsaid,
)
from butler.engine.dialects.gemini_body import dumps
from butler.engine.dialects.members import (
    as_list,
    as_number,
    as_object,
    as_text,
    as_whole,
)
from butler.engine.dialects.sse import EventSplitter, data_of
from butler.engine.store.ids import new_id

Object = Mapping[str, Any]
_MOST_TOKENS = 10**10
_ID_BYTES = 8
_FILTERED = frozenset(
    {
        *("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE"),
        *("IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "MODEL_ARMOR"),
    }
)
_NO_END = frozenset({"FINISH_REASON_UNSPECIFIED", ""})
_SAYABLE = frozenset({"text", "thought", "thoughtSignature", "functionCall"})
"""What a part may hold that every dialect can say, or that need not be said."""
_AROUND = ("citationMetadata", "groundingMetadata", "urlContextMetadata")
"""What stands beside a content and tells where it is from."""


class ContentStreamReader:
    """Cuts a stream into events and reads what each one says."""

    def __init__(self) -> None:
        self._events = EventSplitter()
        self._calls = _Calls()

    def feed(self, data: bytes) -> list[Delta]:
        """Take bytes; return the events that are complete now."""
        return [self._event(raw) for raw in self._events.feed(data)]

    def close(self) -> list[Delta]:
        """Return the last event where its blank line was missing."""
        held = self._events.close()
        return [self._event(held)] if held.strip() else []

    def _event(self, raw: bytes) -> Delta:
        text = data_of(raw)
        if text is None:
            return Delta(raw)
        try:
            data = orjson.loads(text)
        except orjson.JSONDecodeError:
            data = None
        if not isinstance(data, dict):
            return Delta(raw, content=True, unreadable=True)
        return _delta(raw, data, self._calls)


class _Calls:
    """Numbers the calls of one answer, and gives an id to those that have none."""

    def __init__(self) -> None:
        self.made = 0
        self._stem = ""

    def name(self, call: dict[str, Any], response: Object) -> None:
        """Put number and id into a call; the id is the same whenever the answer is read."""
        call["index"] = self.made
        if not call.get("id"):
            self._stem = self._stem or _stem(response.get("responseId"))
            call["id"] = f"call_{self._stem}_{self.made}"
        self.made += 1


def _stem(response_id: Any) -> str:
    if not isinstance(response_id, str) or not response_id:
        return new_id("r")
    return hashlib.blake2b(response_id.encode(), digest_size=_ID_BYTES).hexdigest()


def read_reply(body: bytes) -> Delta:
    """Read a whole answer; raises ValueError where it is none."""
    data = orjson.loads(body)
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, dict):
        raise ValueError("the reply is not a JSON object")
    return _delta(body, data, _Calls())


def pieces_of(data: Object) -> Iterator[Heard]:
    """Yield what an event, or a whole answer, says in its first candidate."""
    candidate = _candidate(data)
    likely = tuple(_likely(as_object(candidate.get("logprobsResult")) or {}))
    for part in _parts(data):
        if text := as_text(part.get("text")):
            thought = part.get("thought") is True
            yield Reasoned(text) if thought else Said(text, likely=likely)
            likely = likely if thought else ()
        elif call := as_object(part.get("functionCall")):
            args = as_object(call.get("args"))
            arguments = dumps(args) if args else NO_ARGUMENTS
            index = as_whole(call.get("index")) or 0
            yield Called(index, as_text(call.get("id")), as_text(call.get("name")), arguments)
        elif other := part.keys() - _SAYABLE:
            yield Unsaid(f"`{min(other)}`")
    yield from (Unsaid(f"`{name}`") for name in _AROUND if candidate.get(name))
    if len(as_list(data.get("candidates"))) > 1:
        yield Unsaid("all candidates but the first")


def _likely(result: Object) -> Iterator[Likely]:
    """Yield each token that was taken, with those that might have stood in its place."""
    places = as_list(result.get("topCandidates"))
    for at, chosen in enumerate(as_list(result.get("chosenCandidates"))):
        others = (as_object(places[at]) or {}).get("candidates") if at < len(places) else None
        one = _token(chosen)
        if one is not None:
            found = tuple(it for other in as_list(others) if (it := _token(other)) is not None)
            yield Likely(one.token, one.logprob, others=found)


def _token(candidate: Any) -> Likely | None:
    told = as_object(candidate) or {}
    token, logprob = as_text(told.get("token")), as_number(told.get("logProbability"))
    return None if token is None or logprob is None else Likely(token, logprob)


def plain_signature(signature: str) -> str:
    """Return a signature as it is compared: libraries write its base64 in either alphabet."""
    return signature.replace("-", "+").replace("_", "/")


def _delta(raw: bytes, data: dict[str, Any], calls: _Calls) -> Delta:
    if data.get("error"):
        return Delta(raw, error=_error_text(data["error"]), data=data)
    if refusal := blocked(data):
        return Delta(raw, error=refusal, data=data)
    said: list[str] = []
    signed: list[str] = []
    has_parts = False
    for part in _parts(data):
        has_parts = _read_part(part, data, calls, said) or has_parts
        if signature := as_text(part.get("thoughtSignature")):
            signed.append(plain_signature(signature))
    finish = _finish(data, called=calls.made > 0)
    return Delta(
        raw,
        text="".join(said),
        content=has_parts or finish is not None,
        usage=_usage(as_object(data.get("usageMetadata"))),
        finish=finish,
        data=data,
        signed=tuple(signed),
    )


def _read_part(part: Object, data: Object, calls: _Calls, said: list[str]) -> bool:
    """Gather the words of a part; return whether it says anything at all."""
    call = part.get("functionCall")
    if isinstance(call, dict):
        calls.name(call, data)
        said += [str(call.get("name") or ""), dumps(call.get("args") or {})]
        return True
    text = as_text(part.get("text"))
    if text:
        said.append(text)
    return bool(text) or bool(part.keys() - _SAYABLE)


def _candidate(data: Object) -> Object:
    return next(filter(None, map(as_object, as_list(data.get("candidates")))), {})


def _parts(data: Object) -> Iterator[Object]:
    content = as_object(_candidate(data).get("content")) or {}
    return (part for part in as_list(content.get("parts")) if isinstance(part, dict))


def _finish(data: Object, *, called: bool) -> Finish | None:
    """Return the hub's word for a reason; one that nobody knows yet is an end like any other."""
    reason = as_text(_candidate(data).get("finishReason")) or ""
    if reason in _NO_END:
        return None
    if reason in _FILTERED:
        return Finish.CONTENT_FILTER
    if reason == "MAX_TOKENS":
        return Finish.LENGTH
    return Finish.TOOL_CALLS if called else Finish.STOP


def blocked(data: Object) -> str | None:
    """Return in words that a prompt was refused: told in an answer without candidates."""
    if data.get("candidates"):
        return None
    feedback = as_object(data.get("promptFeedback")) or {}
    reason = as_text(feedback.get("blockReason"))
    if reason is None:
        return None
    words = as_text(feedback.get("blockReasonMessage"))
    told = f"The provider's content policy blocked the prompt ({reason})."
    return f"{told} {words}" if words else told


def _usage(counts: Object | None) -> Usage | None:
    """Return the counts; the vendor's output leaves out what was thought."""
    if not counts:
        return None
    given = _count(counts.get("promptTokenCount"))
    tools = _count(counts.get("toolUsePromptTokenCount"))
    said = _count(counts.get("candidatesTokenCount"))
    thought = _count(counts.get("thoughtsTokenCount"))
    made = None if said is None and thought is None else (said or 0) + (thought or 0)
    return Usage(
        input_tokens=None if given is None else given + (tools or 0),
        output_tokens=made,
        cached_tokens=_count(counts.get("cachedContentTokenCount")),
        reasoning_tokens=thought,
        source=UsageSource.REPORTED,
    )


def _count(value: object) -> int | None:
    count = as_whole(value)
    return count if count is not None and 0 <= count <= _MOST_TOKENS else None


def _error_text(error: Any) -> str:
    words = error.get("message") or error.get("status") if isinstance(error, dict) else error
    return str(words or "the provider reported an error")
