"""The published shapes of a chat completion, whole and as the events of a stream."""

import json
import re
import time
import uuid
from typing import Any, Protocol

from tests.fakes.checks import Ask

EVENT_STREAM = "text/event-stream; charset=utf-8"
DONE = b"data: [DONE]\n\n"


class Body(Protocol):
    """The part of a reply that shows in its JSON."""

    @property
    def finish(self) -> str: ...

    @property
    def model(self) -> str | None: ...

    @property
    def extra(self) -> Any: ...

    @property
    def usage(self) -> Any: ...

    def message(self) -> dict[str, Any]: ...

    def deltas(self) -> list[dict[str, Any]]: ...


def words(text: str) -> list[str]:
    """The text in pieces of one word with its trailing space, about a token each."""
    return re.findall(r"\S+\s*|\s+", text)


def event(body: object) -> bytes:
    """One server-sent event; text stays UTF-8, so that a split can fall inside a character."""
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"


def whole(reply: Body, ask: Ask) -> dict[str, Any]:
    """The `chat.completion` object."""
    choices = [
        {
            "index": index,
            "message": reply.message(),
            "logprobs": None,
            "finish_reason": reply.finish,
        }
        for index in range(ask.choices)
    ]
    usage = {} if reply.usage is None else {"usage": reply.usage.body()}
    return {**_head(reply, ask, "chat.completion"), "choices": choices, **usage, **reply.extra}


def events(reply: Body, ask: Ask) -> list[bytes]:
    """The stream: `chat.completion.chunk` objects, usage iff it was asked for, then `[DONE]`."""
    reports = ask.include_usage and reply.usage is not None
    head = _head(reply, ask, "chat.completion.chunk")
    tail = {"usage": None} if reports else {}
    chunks = [
        {**head, "choices": [_choice(index, delta, finish)], **tail, **reply.extra}
        for delta, finish in [*((delta, None) for delta in reply.deltas()), ({}, reply.finish)]
        for index in range(ask.choices)
    ]
    if reports:
        chunks.append({**head, "choices": [], "usage": reply.usage.body(), **reply.extra})
    return [*(event(chunk) for chunk in chunks), DONE]


def _choice(index: int, delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
    return {"index": index, "delta": delta, "logprobs": None, "finish_reason": finish}


def _head(reply: Body, ask: Ask, kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex[:29]}",
        "object": kind,
        "created": int(time.time()),
        "model": reply.model or ask.model,
        "service_tier": "default",
        "system_fingerprint": "fp_fake",
    }
