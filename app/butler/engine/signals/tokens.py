"""An honest guess at token counts where no provider has reported any.

Scripts differ by a factor of four: current vendor tokenizers take about four Latin letters,
but little more than one Chinese character, to a token. Figures of the estimate are marked as
such wherever they show.
"""

from collections.abc import Mapping
from typing import Any

import orjson

_LATIN_CHARS_PER_TOKEN = 4.0
_OTHER_CHARS_PER_TOKEN = 2.4
_CJK_TOKENS_PER_CHAR = 0.85
_MESSAGE_OVERHEAD_TOKENS = 4
_IMAGE_TOKENS = 800
_AUDIO_TOKENS = 500
_NOT_TWO_BYTE_LEADS = bytes(byte for byte in range(256) if not 0xC2 <= byte <= 0xDF)


def text_tokens(text: str) -> int:
    """Estimate the tokens of a text."""
    if text.isascii():
        return -int(-len(text) // _LATIN_CHARS_PER_TOKEN)
    # Lengths in UTF-8 tell scripts apart without a look at each character: one byte is ASCII,
    # two the alphabets up to Arabic, three and more mostly East Asian.
    ascii_chars = len(text.encode("ascii", "ignore"))
    two_bytes = len(text.encode("utf-8", "replace").translate(None, _NOT_TWO_BYTE_LEADS))
    return round(
        ascii_chars / _LATIN_CHARS_PER_TOKEN
        + two_bytes / _OTHER_CHARS_PER_TOKEN
        + (len(text) - ascii_chars - two_bytes) * _CJK_TOKENS_PER_CHAR
    )


def request_tokens(data: Mapping[str, Any]) -> int:
    """Estimate the input tokens of a chat request: messages, tools, images and audio."""
    messages = data.get("messages")
    total = sum(
        _message_tokens(message)
        for message in (messages if isinstance(messages, list) else ())
        if isinstance(message, dict)
    )
    for key in ("tools", "functions", "response_format"):
        if data.get(key):
            total += _json_tokens(data[key])
    return total


def _message_tokens(message: Mapping[str, Any]) -> int:
    total = _MESSAGE_OVERHEAD_TOKENS
    content = message.get("content")
    if isinstance(content, str):
        total += text_tokens(content)
    elif isinstance(content, list):
        total += sum(_part_tokens(part) for part in content if isinstance(part, dict))
    if message.get("tool_calls"):
        total += _json_tokens(message["tool_calls"])
    return total


def _part_tokens(part: Mapping[str, Any]) -> int:
    match part.get("type"):
        case "image_url" | "image":
            return _IMAGE_TOKENS
        case "input_audio":
            return _AUDIO_TOKENS
        case _:
            return text_tokens(part["text"]) if isinstance(part.get("text"), str) else 0


def _json_tokens(value: Any) -> int:
    try:
        return text_tokens(orjson.dumps(value).decode())
    except orjson.JSONEncodeError:
        # Nested deeper than can be written: still worth an estimate.
        return text_tokens(str(value))
