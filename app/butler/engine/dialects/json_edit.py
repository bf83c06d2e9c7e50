"""Changing one top-level field of a JSON object without touching any other byte.

Unknown fields, number formats, key order and white space are the client's own; a parse and a
re-write would alter some of them. Source of the grammar: RFC 8259.
"""

import re
from functools import lru_cache

import orjson

_STRING = rb'"(?:[^"\\]|\\.)*"'
_SKIP = re.compile(_STRING + rb"|[{}\[\]]", re.DOTALL)


@lru_cache(maxsize=16)
def _pattern(key: str) -> re.Pattern[bytes]:
    # An unescaped quote, the key, a quote and a colon: only ever a key, at whatever depth.
    return re.compile(
        rb'(?<!\\)"' + re.escape(key.encode()) + rb'"[ \t\r\n]*:[ \t\r\n]*(' + _STRING + rb")",
        re.DOTALL,
    )


def replace_string(body: bytes, key: str, value: str) -> bytes | None:
    """Replace the string value of a top-level key; None where no single such place is found.

    `body` must be valid JSON. None asks the caller to write the object anew: the key is
    missing, doubled, spelled with escapes, or its value is no string.
    """
    places = list(_pattern(key).finditer(body))
    if len(places) > 1:
        places = [match for match in places if _depth(body, match.start()) == 1]
    if len(places) != 1:
        return None
    start, end = places[0].span(1)
    return body[:start] + orjson.dumps(value) + body[end:]


def insert_first(body: bytes, field: bytes) -> bytes:
    """Put `"key":value` before all other fields of a JSON object."""
    at = body.index(b"{") + 1
    rest = body[at:]
    comma = b"" if rest.lstrip().startswith(b"}") else b","
    return body[:at] + field + comma + rest


def _depth(body: bytes, position: int) -> int:
    depth = 0
    for match in _SKIP.finditer(body, 0, position):
        token = match.group()
        if token in (b"{", b"["):
            depth += 1
        elif token in (b"}", b"]"):
            depth -= 1
    return depth
