"""Token counts of requests, estimated: see `tally` for how."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from butler.engine.tally import Tally

_MESSAGE_OVERHEAD_TOKENS = 4
_IMAGE_TOKENS = 800
_AUDIO_TOKENS = 500
_DOCUMENT_TOKENS = 3_000
"""Of a file that is no plain text: about two pages."""


def text_tokens(text: str) -> int:
    """Estimate the tokens of a text."""
    tally = Tally()
    tally.add(text)
    return tally.tokens


def request_tokens(data: Mapping[str, Any], messages: Sequence[Any] | None = None) -> int:
    """Estimate the input tokens of a request: messages, tools, images and audio.

    `messages` are given where they stand under another name, or look otherwise.
    """
    said = data.get("messages") if messages is None else messages
    total = sum(
        _message_tokens(message)
        for message in (said if isinstance(said, list) else ())
        if isinstance(message, dict)
    )
    total += _content_tokens(data.get("system"))
    for key in ("tools", "functions", "response_format", "output_config", "text"):
        if data.get(key):
            total += _json_tokens(data[key])
    return total


def _message_tokens(message: Mapping[str, Any]) -> int:
    total = _MESSAGE_OVERHEAD_TOKENS + _content_tokens(message.get("content"))
    if message.get("tool_calls"):
        total += _json_tokens(message["tool_calls"])
    return total


def _content_tokens(content: Any) -> int:
    if isinstance(content, str):
        return text_tokens(content)
    parts = content if isinstance(content, list) else ()
    return sum(_part_tokens(part) for part in parts if isinstance(part, dict))


def _part_tokens(part: Mapping[str, Any]) -> int:
    match part.get("type"):
        case "image_url" | "image" | "input_image":
            return _IMAGE_TOKENS
        case "input_audio":
            return _AUDIO_TOKENS
        case "file":
            return _DOCUMENT_TOKENS
        case "document":
            return _document_tokens(part.get("source"))
        case "thinking":
            return _content_tokens(part.get("thinking"))
        case "tool_result":
            return _content_tokens(part.get("content"))
        case "tool_use" | "server_tool_use":
            return _content_tokens(part.get("name")) + _json_tokens(part.get("input"))
        case _:
            return text_tokens(part["text"]) if isinstance(part.get("text"), str) else 0


def _document_tokens(source: Any) -> int:
    match source.get("type") if isinstance(source, dict) else None:
        case "text":
            return _content_tokens(source.get("data"))
        case "content":
            return _content_tokens(source.get("content"))
    return _DOCUMENT_TOKENS


def _json_tokens(value: Any) -> int:
    try:
        return text_tokens(orjson.dumps(value).decode())
    except orjson.JSONEncodeError:
        # Nested deeper than can be written: still worth an estimate.
        return text_tokens(str(value))
