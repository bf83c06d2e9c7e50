"""Server-sent events, cut out of a byte stream without changing a byte.

Source: WHATWG HTML, "Server-sent events", section 9.2.6 (interpreting an event stream):
events end with an empty line; a line ends with LF, CRLF or CR; `data:` lines join with LF.
"""

import re

_END = re.compile(rb"\r\n\r\n|\n\n|\r\r(?!\n)|\r\n\n|\n\r\n")
_LINE = re.compile(rb"\r\n|\n|\r")


class EventSplitter:
    """Collects bytes and hands out whole events, each with the blank line that ends it."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes; return the events that are complete now, as they came."""
        buffer = self._held + data if self._held else data
        events: list[bytes] = []
        start = 0
        for end in _END.finditer(buffer):
            # A blank line cut before its last LF must not end the event one byte early.
            if end.end() == len(buffer) and buffer.endswith(b"\r"):
                break
            events.append(buffer[start : end.end()])
            start = end.end()
        self._held = buffer[start:]
        return events

    def close(self) -> bytes:
        """Return what is left: an event without its blank line, or nothing."""
        held, self._held = self._held, b""
        return held


def data_of(event: bytes) -> bytes | None:
    """Return the data of an event; None for comments and events without any."""
    if event.startswith(b"data: ") and event.count(b"\n") <= 2 and b"\r" not in event:
        line = event.rstrip(b"\n")
        if b"\n" not in line:
            return line[6:]
    parts = [_value(line) for line in _LINE.split(event) if line.startswith(b"data:")]
    return b"\n".join(parts) if parts else None


def _value(line: bytes) -> bytes:
    value = line[5:]
    return value[1:] if value.startswith(b" ") else value
