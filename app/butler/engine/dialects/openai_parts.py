"""Parts of OpenAI's contents, read into the hub's types: chat completions and responses alike.

Source: OpenAI API reference, "Chat Completions" and "Responses" (create). Clients are forgiven
what vendors forgive: a content that is null, text where a list could be.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from butler.engine.dialects.canonical import (
    NO_ARGUMENTS,
    Audio,
    Document,
    Image,
    Inline,
    Link,
    Part,
    Text,
)
from butler.engine.dialects.members import as_object, as_text, unreadable

_DATA_URL = re.compile(r"data:([^;,]*)(?:;[^;,]*)*;base64,", re.IGNORECASE)


def read_parts(content: Any, where: str) -> Iterator[Part]:
    """Yield the parts of a content; raises ClientError for one that no model can be given."""
    if content is None:
        return
    if isinstance(content, str):
        yield Text(content)
        return
    for place, part in enumerate(content if isinstance(content, list) else [content]):
        yield _part(part, f"{where}.content[{place}]")


def arguments_of(function: Mapping[str, Any]) -> str:
    """Return a call's arguments as JSON text; some clients send the object itself, or nothing."""
    given = function.get("arguments")
    text = given if isinstance(given, str) else orjson.dumps(given or {}).decode()
    return text if text.strip() else NO_ARGUMENTS


def _part(part: Any, where: str) -> Part:
    if isinstance(part, str):
        return Text(part)
    if not isinstance(part, dict):
        raise unreadable(where, "is not an object")
    cache = as_object(part.get("cache_control"))
    match part.get("type"):
        case "text" | "input_text" | "output_text" | "summary_text":
            return Text(as_text(part.get("text")) or "", cache)
        case "refusal":
            return Text(as_text(part.get("refusal")) or "", cache)
        case "image_url" | "input_image":
            return Image(_source(part.get("image_url"), where), cache)
        case "file":
            return _document(as_object(part.get("file")) or {}, f"{where}.file", cache)
        case "input_file":
            return _document(part, where, cache)
        case "input_audio":
            return _audio(part.get("input_audio"), where)
        case other:
            raise unreadable(f"{where}.type", f"is {other!r}, which this model can not be given")


def _source(image: Any, where: str) -> Inline | Link:
    url = image.get("url") if isinstance(image, dict) else image
    if not isinstance(url, str) or not url:
        raise unreadable(f"{where}.image_url", "has no URL")
    return _inline(url) or Link(url)


def _inline(url: str) -> Inline | None:
    found = _DATA_URL.match(url, 0, 256)
    return Inline(found.group(1).lower() or "text/plain", url[found.end() :]) if found else None


def _document(file: Mapping[str, Any], where: str, cache: Mapping[str, Any] | None) -> Document:
    data = file.get("file_data") or file.get("file_url")
    if not isinstance(data, str) or not data:
        raise unreadable(
            where, "has no `file_data`; a `file_id` is known only where it was uploaded"
        )
    is_link = data.startswith(("https://", "http://"))
    source = Link(data) if is_link else _inline(data) or Inline("application/pdf", data)
    return Document(source, as_text(file.get("filename")), cache)


def _audio(audio: Any, where: str) -> Audio:
    data = audio.get("data") if isinstance(audio, dict) else None
    if not isinstance(data, str):
        raise unreadable(f"{where}.input_audio", "has no `data`")
    return Audio(as_text(audio.get("format")) or "wav", data)
