"""Turns of Anthropic messages: user and assistant alternate, results come first, ids are valid.

Source: Anthropic API reference, "Messages" (create), "Handle tool calls", "Vision", "PDF support".
"""

import base64
import binascii
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from butler.engine.dialects.canonical import (
    Audio,
    Document,
    Image,
    Inline,
    Link,
    Message,
    Part,
    Role,
    Text,
    Thought,
    ToolCall,
    ToolResult,
)
from butler.engine.errors import ClientError

Block = dict[str, Any]
_NOT_IN_IDS = re.compile(r"[^a-zA-Z0-9_-]")
_SILENCE = "."
"""What a user says who has said nothing: a conversation begins with a turn that is not empty."""


@dataclass(slots=True)
class Turn:
    """All that one side says until the other one speaks."""

    role: Role
    blocks: list[Block] = field(default_factory=list)

    @property
    def has_results(self) -> bool:
        """Whether a tool's result is in it."""
        return any(block["type"] == "tool_result" for block in self.blocks)

    @property
    def begins_with_thought(self) -> bool:
        """Whether it begins with what the model thought."""
        return self.blocks[0]["type"] in ("thinking", "redacted_thinking")

    def as_json(self) -> dict[str, Any]:
        """Return the message; a plain text is written as one."""
        only = self.blocks[0] if len(self.blocks) == 1 else {}
        if only.get("type") == "text" and len(only) == 2:
            return {"role": self.role, "content": only["text"]}
        results = [block for block in self.blocks if block["type"] == "tool_result"]
        others = [block for block in self.blocks if block["type"] != "tool_result"]
        return {"role": self.role, "content": results + others}


def turns_of(messages: Sequence[Message]) -> list[Turn]:
    """Return the turns of a conversation; raises ClientError for what has no place in them.

    Only user and assistant speak in them: see `reminders`.
    """
    ids = _Ids()
    turns: list[Turn] = []
    for message in messages:
        blocks = list(_blocks(message.parts, ids))
        if not blocks:
            continue
        if not turns or turns[-1].role is not message.role:
            turns.append(Turn(message.role))
        turns[-1].blocks += blocks
    if not turns or turns[0].role is not Role.USER:
        turns.insert(0, Turn(Role.USER, [{"type": "text", "text": _SILENCE}]))
    _trim_the_beginning_of_an_answer(turns[-1])
    return turns


def _trim_the_beginning_of_an_answer(last: Turn) -> None:
    if last.role is Role.ASSISTANT and last.blocks[-1]["type"] == "text":
        last.blocks[-1]["text"] = last.blocks[-1]["text"].rstrip()


class _Ids:
    """Gives every call an id that the vendor takes, and finds it again for the call's result."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._open: defaultdict[str, deque[str]] = defaultdict(deque)

    def of_call(self, given: str) -> str:
        """Return the id of a call; where one is used twice, the second gets another."""
        wanted = _NOT_IN_IDS.sub("_", given) or "call"
        id_, number = wanted, 1
        while id_ in self._used:
            number += 1
            id_ = f"{wanted}_{number}"
        self._used.add(id_)
        self._open[given].append(id_)
        return id_

    def of_result(self, given: str) -> str:
        """Return the id of the call that a result is for."""
        waiting = self._open[given]
        return waiting.popleft() if waiting else _NOT_IN_IDS.sub("_", given) or "call"


def _blocks(parts: Iterable[Part], ids: _Ids) -> Iterator[Block]:
    for part in parts:
        block = _block(part, ids)
        if block is not None:
            cache = getattr(part, "cache", None)
            yield block if cache is None else {**block, "cache_control": cache}


def _block(part: Part, ids: _Ids) -> Block | None:
    """Return the block for a part; None where there is nothing to say."""
    match part:
        case Text(text):
            return {"type": "text", "text": text} if text.strip() else None
        case Image(source):
            return {"type": "image", "source": _image_source(source)}
        case Document():
            return _document(part)
        case Thought():
            return _thought(part)
        case ToolCall(id_, name, arguments):
            called = {"type": "tool_use", "id": ids.of_call(id_), "name": name}
            return {**called, "input": _input(arguments)}
        case ToolResult():
            return _result(part, ids)
        case Audio():
            raise ClientError(400, "unsupported_content", "This model can not be given audio.")


def _thought(thought: Thought) -> Block | None:
    """Return a thought that its vendor has signed or sealed; others it would not take back."""
    if thought.sealed is not None:
        return {"type": "redacted_thinking", "data": thought.sealed}
    if thought.signature is None:
        return None
    return {"type": "thinking", "thinking": thought.text, "signature": thought.signature}


def _result(result: ToolResult, ids: _Ids) -> Block:
    block: Block = {"type": "tool_result", "tool_use_id": ids.of_result(result.call_id)}
    content = list(_blocks(result.parts, ids))
    if len(content) == 1 and content[0]["type"] == "text" and len(content[0]) == 2:
        block["content"] = content[0]["text"]
    elif content:
        block["content"] = content
    return {**block, "is_error": True} if result.is_error else block


def _input(arguments: str) -> Mapping[str, Any]:
    """Return a call's arguments as the object that they are; what is none is kept in one."""
    try:
        given = orjson.loads(arguments) if arguments.strip() else {}
    except orjson.JSONDecodeError:
        given = arguments
    return given if isinstance(given, dict) else {"arguments": given}


def _image_source(source: Inline | Link) -> Block:
    if isinstance(source, Link):
        return {"type": "url", "url": source.url}
    media_type = "image/jpeg" if source.media_type == "image/jpg" else source.media_type
    return {"type": "base64", "media_type": media_type, "data": source.base64}


def _document(document: Document) -> Block:
    block: Block = {"type": "document", "source": _document_source(document.source)}
    return {**block, "title": document.title} if document.title else block


def _document_source(source: Inline | Link) -> Block:
    if isinstance(source, Link):
        return {"type": "url", "url": source.url}
    if not source.media_type.startswith("text/"):
        return {"type": "base64", "media_type": source.media_type, "data": source.base64}
    try:
        text = base64.b64decode(source.base64).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise ClientError(400, "invalid_value", "A file in the request is no text.") from None
    return {"type": "text", "media_type": "text/plain", "data": text}
