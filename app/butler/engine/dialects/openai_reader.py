"""OpenAI chat completions as a provider sends them: whole ones, and streams of chunks.

Source: OpenAI API reference, "Chat Completions" (object, streaming chunk object). Vendors that
follow it have fields of their own: what the model thought, which stop sequence ended the answer
(vLLM's `stop_reason`), further reasons for an end.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from butler.engine.call import Usage, UsageSource
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Finish, Heard, Likely, Reasoned, Said, Unsaid
from butler.engine.dialects.members import as_list, as_object
from butler.engine.dialects.sse import EventSplitter, data_of

Object = Mapping[str, Any]
_MOST_TOKENS = 10**10
_WORDS = frozenset({"content", "reasoning_content", "reasoning", "refusal"})
_FINISHES: Mapping[str, str] = {
    "function_call": Finish.TOOL_CALLS,
    "end_turn": Finish.STOP,
    "eos": Finish.STOP,
    "max_tokens": Finish.LENGTH,
    "model_length": Finish.LENGTH,
    "insufficient_system_resource": Finish.LENGTH,
}
"""Other names for reasons; those in the vendor's list are the hub's own."""
_HEARD = frozenset(
    {
        *("role", "content", "reasoning_content", "reasoning", "reasoning_details", "refusal"),
        *("tool_calls", "function_call", "name", "tool_call_id", "obfuscation"),
    }
)
"""Members of a message that are read, or that tell nothing of their own."""


class ChatStreamReader:
    """Cuts a stream into events and reads what each one says."""

    def __init__(self) -> None:
        self._events = EventSplitter()
        self._places = _Places()

    def feed(self, data: bytes) -> list[Delta]:
        """Take bytes; return the events that are complete now."""
        return [self._event(raw) for raw in self._events.feed(data)]

    def close(self) -> list[Delta]:
        """Return the last event where its blank line was missing."""
        held = self._events.close()
        return [self._event(held)] if held.strip() else []

    def _event(self, raw: bytes) -> Delta:
        delta = _event(raw)
        if isinstance(delta.data, dict) and b'"tool_calls"' in raw:
            self._places.settle(delta.data)
        return delta


class _Places:
    """Tells the calls of one stream apart: some servers give all of them one index, or none."""

    def __init__(self) -> None:
        self._at: dict[int, int] = {}
        self._ids: dict[int, str] = {}
        self._taken: set[int] = set()

    def settle(self, chunk: Object) -> None:
        """Write into the calls of a chunk's first choice which ones they are."""
        choices = as_list(chunk.get("choices"))
        choice = as_object(choices[0]) if choices else None
        said = as_object(choice.get("delta")) if choice else None
        for number, call in enumerate(as_list(said.get("tool_calls")) if said else ()):
            if isinstance(call, dict):
                call["index"] = self._place(call, number)

    def _place(self, call: Object, number: int) -> int:
        index = call.get("index")
        given = index if isinstance(index, int) else number
        id_ = _text(call.get("id"))
        is_named = bool((as_object(call.get("function")) or {}).get("name"))
        if given not in self._at or (is_named and id_ and id_ != self._ids[given]):
            at = max(self._taken) + 1 if given in self._taken else given
            self._at[given], self._ids[given] = at, id_
            self._taken.add(at)
        return self._at[given]


def read_reply(body: bytes) -> Delta:
    """Read a whole completion; raises ValueError where it is none."""
    data = orjson.loads(body)
    if not isinstance(data, dict):
        raise ValueError("the reply is not a JSON object")
    return _delta(body, data, whole=True)


def pieces_of(data: Object) -> Iterator[Heard]:
    """Yield what a chunk, or a whole completion, says in its first choice."""
    for key in ("citations", "search_results"):
        if data.get(key):
            yield Unsaid(key)
    for number, choice in enumerate(as_list(data.get("choices"))):
        if not isinstance(choice, dict):
            continue
        if number > 0 or choice.get("index"):
            yield Unsaid("further choices")
            continue
        said = choice.get("delta") or choice.get("message")
        if isinstance(said, dict):
            likely = _likely(choice.get("logprobs"))
            yield from _of_message(said, likely, is_piece=bool(choice.get("delta")))


def _of_message(said: Object, likely: tuple[Likely, ...], *, is_piece: bool) -> Iterator[Heard]:
    thought = said.get("reasoning_content") or said.get("reasoning")
    if thought and isinstance(thought, str):
        yield Reasoned(thought)
    content, refusal = said.get("content"), _text(said.get("refusal"))
    if isinstance(content, list):
        yield from _of_parts(content)
    elif isinstance(content, str) and (content or (likely and not refusal)):
        yield Said(content, likely=likely)
        likely = ()
    if refusal:
        yield Said(refusal, refused=True, likely=likely)
    yield from _of_calls(said, is_piece=is_piece)
    for key, value in said.items():
        if value and key not in _HEARD:
            yield Unsaid(key)


def _of_calls(said: Object, *, is_piece: bool) -> Iterator[Heard]:
    for place, call in enumerate(as_list(said.get("tool_calls"))):
        function = call.get("function") if isinstance(call, dict) else None
        if isinstance(function, dict):
            # In a whole message each one is a call by itself, whatever its index.
            index = call.get("index") if is_piece else None
            at = index if isinstance(index, int) else place
            yield _called(at, _text(call.get("id")) or None, function)
        elif isinstance(call, dict):
            yield Unsaid(f"a tool call of type {_text(call.get('type'))}")
    legacy = said.get("function_call")
    if isinstance(legacy, dict):
        yield _called(0, None, legacy)


def _called(index: int, id_: str | None, function: Object) -> Called:
    name = _text(function.get("name")) or None
    arguments = function.get("arguments") or ""
    text = arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode()
    return Called(index, id_, name, text)


def _of_parts(parts: list[Any]) -> Iterator[Heard]:
    """Yield what parts of a message say: some vendors send lists where others send a text."""
    for part in parts:
        match as_object(part) or {}:
            case {"type": "text", "text": str(text)}:
                if text:
                    yield Said(text)
            case {"type": "refusal", "refusal": str(text)}:
                if text:
                    yield Said(text, refused=True)
            case {"type": "thinking", "thinking": list(thoughts)}:
                told = [_text((as_object(one) or {}).get("text")) for one in thoughts]
                yield Reasoned("".join(told))
            case other:
                yield Unsaid(_text(other.get("type")) or "a part of no type")


def _likely(logprobs: Any) -> tuple[Likely, ...]:
    if not isinstance(logprobs, dict):
        return ()
    tokens = [*as_list(logprobs.get("content")), *as_list(logprobs.get("refusal"))]
    return tuple(_token(one) for one in tokens if isinstance(one, dict))


def _token(one: Object) -> Likely:
    """Return a token; where a vendor gives it no probability, the API's own word for "unlikely"."""
    known = one.get("logprob")
    stands = one.get("bytes")
    return Likely(
        _text(one.get("token")),
        float(known) if isinstance(known, int | float) else -9999.0,
        tuple(stands) if isinstance(stands, list) else None,
        tuple(_token(it) for it in as_list(one.get("top_logprobs")) if isinstance(it, dict)),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


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


def _delta(raw: bytes, data: Mapping[str, Any], *, whole: bool) -> Delta:
    error = data.get("error") or (data if data.get("object") == "error" else None)
    if error:
        return Delta(raw, error=_error_text(error), data=data)
    choices = data.get("choices")
    usage = _usage(data.get("usage"))
    if not isinstance(choices, list) or not choices:
        only_usage = usage is not None and choices == []
        return Delta(raw, usage=usage, usage_only=only_usage, data=data)
    said: list[str] = []
    finish = stopped_by = None
    content = whole
    for choice in choices:
        if not isinstance(choice, dict):
            continue
        reason = choice.get("finish_reason")
        if reason:
            # A reason that is no word is an end like any other.
            finish = _FINISHES.get(reason, reason) if isinstance(reason, str) else "stop"
            stopped_by = _text(choice.get("stop_reason")) or None
        content = _gather(choice.get("message" if whole else "delta"), said) or content
    return Delta(
        raw,
        text="".join(said),
        content=content or finish is not None,
        usage=usage,
        finish=finish,
        data=data,
        stopped_by=stopped_by,
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
