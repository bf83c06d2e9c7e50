"""Changing one top-level field of a JSON object without touching any other byte.

Unknown fields, number formats, key order and white space are the client's own; a parse and a
re-write would alter some of them. Source of the grammar: RFC 8259.
"""

import re

import orjson

_STRING = rb'"(?:[^"\\]|\\.)*"'
_SKIP = re.compile(_STRING + rb"|[{}\[\]]", re.DOTALL)
_VALUE = re.compile(rb"[ \t\r\n]*:[ \t\r\n]*(" + _STRING + rb")", re.DOTALL)


def replace_string(body: bytes, key: str, value: str) -> bytes | None:
    """Replace the string value of a top-level key; None where no single such place is found.

    `body` must be valid JSON. None asks the caller to write the object anew: the key is
    missing, doubled, spelled with escapes, or its value is no string.
    """
    places = _places(body, b'"' + key.encode() + b'"')
    if len(places) > 1:
        places = [place for place in places if _depth(body, place.start()) == 1]
    if len(places) != 1:
        return None
    start, end = places[0].span(1)
    return body[:start] + orjson.dumps(value) + body[end:]


def _places(body: bytes, quoted: bytes) -> list[re.Match[bytes]]:
    """Find the key with a string value, at any depth.

    An unescaped quote, the key, a quote and a colon are only ever a key: inside a string every
    quote is escaped, and after a string that is a value no colon follows.
    """
    places = []
    at = body.find(quoted)
    while at >= 0:
        end = at + len(quoted)
        match = _VALUE.match(body, end)
        if match is not None and body[at - 1 : at] != b"\\":
            places.append(match)
        at = body.find(quoted, end)
    return places


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
