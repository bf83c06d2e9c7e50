"""Changing top-level members of a JSON object without touching any other byte.

Unknown fields, number formats, key order and white space are the client's own; a parse and a
re-write would alter some of them. Source of the grammar: RFC 8259.
"""

import re
from functools import cache

# Written so that no byte is looked at twice: bodies may hold an image of many megabytes.
_STRING = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKEN = re.compile(_STRING + rb"|[{}\[\]]", re.DOTALL)

_PLAIN_VALUE = re.compile(_STRING + rb"|[^,}\]\s]*", re.DOTALL)
_LARGE_BYTES = 64 * 1024
_END_AFTER = re.compile(rb"[ \t\r\n]*\}")
_COMMA_AFTER = re.compile(rb"[ \t\r\n]*,[ \t\r\n]*")
_COMMA_BEFORE = re.compile(rb"[ \t\r\n]*,[ \t\r\n]*\Z")

STRING_OR_NULL = _STRING + rb"|null"
FLAT_OBJECT_OR_NULL = rb'\{[^{}\[\]"]*(?:' + _STRING + rb'[^{}\[\]"]*)*\}|null'


class Member:
    """A member of JSON objects: its key, and the shape of the values that are looked for."""

    def __init__(self, key: str, shape: bytes) -> None:
        """`key` is of ASCII letters, digits and `_`; `shape` is one of this module's."""
        value = rb'"[ \t\r\n]*:[ \t\r\n]*(' + shape + rb")"
        self._key = b'"' + key.encode() + b'"'
        escaped = b"".join(rb"(?:%c|\\u00(?i:%02x))" % (char, char) for char in key.encode())
        self._plain = re.compile(b'"' + key.encode() + value, re.DOTALL)
        self._any_spelling = re.compile(b'"' + escaped + value, re.DOTALL)

    def find(self, body: bytes, start: int = 0, *, certain: bool = False) -> list[re.Match[bytes]]:
        """Find the member in the object that begins at `start`; group 1 is its value.

        There are several where the key is doubled. `certain` says that the object is known to
        have the member in this shape, which spares a look at all that stands before it.
        """
        # A look for a single byte costs next to nothing, and mostly is enough.
        escaped = b"\\" in body and b"\\u00" in body
        at = body.find(self._key, start)
        if not escaped and at == body.rfind(self._key, start):
            # Nearly every body: a look at the one place is quicker than a search with a pattern.
            match = self._plain.match(body, at) if at >= 0 else None
            candidates = [match] if match else []
        else:
            pattern = self._any_spelling if escaped else self._plain
            candidates = list(pattern.finditer(body, start))
        # After a backslash the quote belongs to a text that only looks like the key.
        found = [match for match in candidates if body[match.start() - 1 : match.start()] != b"\\"]
        if len(found) == 1 and (certain or _is_first_level(body, start, found[0].start())):
            return found
        return _at_top(body, start, found)

    def replace(self, body: bytes, value: bytes, *, certain: bool = False) -> bytes | None:
        """Put another value in; None where the object has no such member."""
        found = self.find(body, certain=certain)
        for match in reversed(found):
            body = _spliced(body, match.start(1), match.end(1), value)
        return body if found else None


def insert_first(body: bytes, member: bytes) -> bytes:
    """Put `"key":value`, or several with commas between, before the members of a JSON object."""
    at = body.index(b"{") + 1
    comma = b"" if _END_AFTER.match(body, at) else b","
    return _spliced(body, at, at, member + comma)


def _spliced(body: bytes, start: int, end: int, value: bytes) -> bytes:
    """Return a body with other bytes from `start` to `end`, copied only once: it may be large."""
    if len(body) < _LARGE_BYTES:
        return body[:start] + value + body[end:]
    view = memoryview(body)
    return b"".join((view[:start], value, view[end:]))


def _is_first_level(body: bytes, start: int, end: int) -> bool:
    """Say whether no bracket but the object's own stands before `end`, so that none need be read.

    It may still be a member of the object where there are some: inside texts, or closed again.
    """
    head = body[start:end]
    return head.count(b"{") == 1 and not (b"}" in head or b"[" in head or b"]" in head)


def _at_top(body: bytes, start: int, found: list[re.Match[bytes]]) -> list[re.Match[bytes]]:
    """Keep what lies directly in the object that begins at `start`."""
    kept = []
    depth, at = 0, start
    for match in found:
        for token in _TOKEN.finditer(body, at, match.start()):
            if (bracket := token.group()) in (b"{", b"["):
                depth += 1
            elif bracket in (b"}", b"]"):
                depth -= 1
        at = match.end()
        if depth == 1:
            kept.append(match)
    return kept


def without(body: bytes, key: str) -> bytes:
    """Take a member out of a JSON object, with whatever value; the same bytes where it has none."""
    for match in reversed(_any_value(key).find(body)):
        start, end = match.start(), _value_end(body, match.end())
        after = _COMMA_AFTER.match(body, end)
        if after:
            end = after.end()
        elif before := _COMMA_BEFORE.search(body, 0, start):
            start = before.start()
        body = body[:start] + body[end:]
    return body


def renamed(body: bytes, key: str, name: str) -> bytes:
    """Give a member of a JSON object another key; the same bytes where it has none."""
    for match in reversed(_any_value(key).find(body)):
        end = body.index(b":", match.start())
        body = body[: match.start()] + b'"' + name.encode() + b'"' + body[end:]
    return body


@cache
def _any_value(key: str) -> Member:
    return Member(key, b"")


def _value_end(body: bytes, at: int) -> int:
    """Return where the value that begins at `at` is over."""
    if body[at : at + 1] not in (b"{", b"["):
        plain = _PLAIN_VALUE.match(body, at)
        return plain.end() if plain else at
    depth = 0
    for token in _TOKEN.finditer(body, at):
        if (bracket := token.group()) in (b"{", b"["):
            depth += 1
        elif bracket in (b"}", b"]"):
            depth -= 1
            if not depth:
                return token.end()
    return len(body)
