"""JSON as people like to edit it: what fits into a line stands in one, and all else is indented."""

import json
from collections.abc import Iterator

from pydantic import JsonValue

_WIDTH = 88
_INDENT = "  "
_ALTERED = ("\u00a0", "\u2028", "\u2029", "\ufdd0", "\ufdd1")
"""What a text field makes spaces or new lines of; escaped, it stays what it is."""


def pretty(value: JsonValue, opened: int = 0) -> str:
    """Return a value as JSON; lists and objects of the first `opened` depths are never folded."""
    text = "".join(_written(value, 0, opened, 0))
    for sign in _ALTERED:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _written(value: JsonValue, depth: int, opened: int, taken: int) -> Iterator[str]:
    """Yield the pieces of a value that begins where a line has `taken` characters."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value:
        yield flat
        return
    if depth >= opened and taken + len(flat) <= _WIDTH:
        yield flat
        return
    is_object = isinstance(value, dict)
    inner, outer = _INDENT * (depth + 1), _INDENT * depth
    yield "{\n" if is_object else "[\n"
    parts = list(value.items()) if isinstance(value, dict) else [(None, each) for each in value]
    for at, (name, each) in enumerate(parts):
        head = inner if name is None else f"{inner}{json.dumps(name, ensure_ascii=False)}: "
        yield head
        yield from _written(each, depth + 1, opened, len(head))
        yield ",\n" if at < len(parts) - 1 else "\n"
    yield outer + ("}" if is_object else "]")
