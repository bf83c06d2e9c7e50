"""JSON out of what a model said: bare, fenced, with prose around it, or cut off in the middle."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_FENCE = re.compile(r"```[\w-]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
_THOUGHTS = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_MOST_CHARS = 200_000
_CLOSING = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Found:
    """The object in an answer; `mended` says that it was cut off, and what was whole is kept."""

    data: dict[str, Any]
    mended: bool = False


def find_object(said: str) -> Found | None:
    """Return the object with rules in an answer; None where there is none.

    A list of rules alone is taken for one, and so is a single rule.
    """
    text = _THOUGHTS.sub("", said[:_MOST_CHARS].lstrip("\ufeff")).strip()
    for candidate in _candidates(text):
        found = _decoded(candidate)
        if found is not None:
            return Found(found)
    for candidate in _candidates(text):
        found = _decoded(_closed(candidate))
        if found is not None:
            return Found(found, mended=True)
    return None


def _candidates(text: str) -> Iterator[str]:
    """Give what may be JSON: all of it, what stands in fences, what begins with a bracket."""
    yield text
    yield from (match[1].strip() for match in _FENCE.finditer(text))
    for opening in ("{", "["):
        start = text.find(opening)
        if start >= 0:
            yield text[start:]


def _decoded(text: str) -> dict[str, Any] | None:
    try:
        # What stands behind the first whole value is prose.
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list):
        return {"rules": value} if value and all(isinstance(it, dict) for it in value) else None
    if not isinstance(value, dict):
        return None
    if "rules" in value:
        return value
    return {"rules": [value]} if "when" in value and "target" in value else None


def _closed(text: str) -> str:
    """Return a text that was cut off up to its last whole element, with all brackets closed."""
    open_: list[str] = []
    whole, closing, in_string, escaped = 0, "", False, False
    for place, sign in enumerate(text):
        if in_string:
            escaped, in_string = sign == "\\" and not escaped, sign != '"' or escaped
            continue
        if sign == '"':
            in_string, escaped = True, False
        elif sign in _CLOSING:
            open_.append(_CLOSING[sign])
        elif sign in ("}", "]") and open_:
            open_.pop()
            whole, closing = place + 1, "".join(reversed(open_))
    return text[:whole] + closing
