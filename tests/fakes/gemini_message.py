"""The published shapes of a GenerateContentResponse, whole and as the events of a stream.

Replies are scripted once for every vendor, as deltas; here they become parts. Calls come whole,
and the first of them is signed.
"""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.checks import Ask
from tests.fakes.completion import Body
from tests.fakes.replies import Reply

SIGNATURE = "c2lnbmVkIGJ5IHRoZSB2ZW5kb3I+Pw=="
_REASONS = {
    "stop": "STOP",
    "length": "MAX_TOKENS",
    "tool_calls": "STOP",
    "content_filter": "SAFETY",
}
Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parts(Reply):
    """A reply of parts as they stand: for kinds that only this vendor has."""

    parts: tuple[Mapping[str, Any], ...] = ()
    finish: str = field(default="STOP", kw_only=True)


def whole(reply: Body, ask: Ask) -> Object:
    """The whole answer: its parts, those of one kind joined."""
    joined: list[Object] = []
    for part in _parts(reply):
        last = joined[-1] if joined else {}
        if _joins(last, part):
            joined[-1] = {**last, "text": last["text"] + part["text"]}
        else:
            joined.append(dict(part))
    return _answer(reply, ask, joined, reply.finish)


def events(reply: Body, ask: Ask) -> list[bytes]:
    """One event for each part, the last one with the reason."""
    parts = list(_parts(reply)) or [{"text": ""}]
    told = [event(_answer(reply, ask, [part], None)) for part in parts[:-1]]
    return [*told, event(_answer(reply, ask, parts[-1:], reply.finish))]


def event(body: Any) -> bytes:
    """One server-sent event, with the line ends of this vendor."""
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\r\n\r\n"


def model_info(name: str) -> Object:
    """One model of the list."""
    embeds = "embedding" in name
    methods = ["embedContent"] if embeds else ["generateContent", "countTokens"]
    return {
        "name": f"models/{name}",
        "version": "001",
        "displayName": name.title(),
        "description": "A model.",
        "inputTokenLimit": 1_048_576,
        "outputTokenLimit": 65_536,
        "supportedGenerationMethods": methods,
        "thinking": True,
    }


def _joins(last: Mapping[str, Any], part: Mapping[str, Any]) -> bool:
    return "text" in last and "text" in part and last.get("thought") == part.get("thought")


def _parts(reply: Body) -> Iterator[Object]:
    if isinstance(reply, Parts):
        yield from map(dict, reply.parts)
        return
    for said in reply.deltas():
        if thought := said.get("reasoning_content"):
            yield {"text": thought, "thought": True}
        if text := said.get("content"):
            yield {"text": text}
    for place, call in enumerate(reply.message().get("tool_calls") or ()):
        function = call["function"]
        args = json.loads(function["arguments"])
        part: Object = {"functionCall": {"name": function["name"], "args": args}}
        yield part | ({} if place else {"thoughtSignature": SIGNATURE})


def _answer(reply: Body, ask: Ask, parts: list[Object], finish: str | None) -> Object:
    ended = {} if finish is None else {"finishReason": _REASONS.get(finish, finish)}
    candidate = {"content": {"parts": parts, "role": "model"}, **ended, "index": 0}
    return {
        "candidates": [candidate],
        **_usage(reply.usage, over=finish is not None),
        "modelVersion": reply.model or ask.model,
        "responseId": uuid.uuid4().hex[:22],
        **reply.extra,
    }


def _usage(usage: Any, *, over: bool) -> Object:
    if usage is None:
        return {}
    counts = {"promptTokenCount": usage.prompt_tokens, "totalTokenCount": usage.prompt_tokens}
    if over:
        made, thought = usage.completion_tokens, usage.reasoning_tokens
        counts["candidatesTokenCount"] = made - thought
        counts["totalTokenCount"] += made
        if thought:
            counts["thoughtsTokenCount"] = thought
    if usage.cached_tokens:
        counts["cachedContentTokenCount"] = usage.cached_tokens
    return {"usageMetadata": counts}
