"""Server-sent events, cut out of a byte stream without changing a byte.

Source: WHATWG HTML, "Server-sent events", section 9.2.6 (interpreting an event stream):
events end with an empty line; a line ends with LF, CRLF or CR; `data:` lines join with LF.
"""

import re

MAX_EVENT_BYTES = 64 * 1024 * 1024
"""Room for an image in one event; what goes on for longer is no event stream."""

_LINE_END = rb"(?:\r\n|\n|\r(?!\n))"
_END = re.compile(_LINE_END * 2)
_LINE = re.compile(_LINE_END)
_LONGEST_END = 4


class EventTooLong(ValueError):
    """A stream goes on and on without the empty line that would end its event."""


class EventSplitter:
    """Collects bytes and hands out whole events, each with the blank line that ends it."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._only_lf = True

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes; return the events that are complete now, as they came.

        Raises EventTooLong where an event has no end within MAX_EVENT_BYTES.
        """
        resume = max(0, len(self._held) - _LONGEST_END)
        self._held += data
        self._only_lf = self._only_lf and b"\r" not in data
        events = self._cut_at_lf(resume) if self._only_lf else self._cut(resume)
        if len(self._held) > MAX_EVENT_BYTES:
            raise EventTooLong("an event without an end")
        return events

    def _cut_at_lf(self, resume: int) -> list[bytes]:
        """Do the same as `_cut` where no CR has come so far, in a quarter of the time."""
        if self._held.find(b"\n\n", resume) < 0:
            return []
        *events, rest = bytes(self._held).split(b"\n\n")
        self._held = bytearray(rest)
        return [event + b"\n\n" for event in events]

    def _cut(self, resume: int) -> list[bytes]:
        events: list[bytes] = []
        start = 0
        for end in _END.finditer(self._held, resume):
            # A blank line cut before its last LF must not end the event one byte early.
            if end.end() == len(self._held) and self._held.endswith(b"\r"):
                break
            events.append(bytes(self._held[start : end.end()]))
            start = end.end()
        if start:
            self._held = self._held[start:]
        return events

    def close(self) -> bytes:
        """Return what is left: an event without its blank line, or nothing."""
        held, self._held = bytes(self._held), bytearray()
        return held


def data_of(event: bytes) -> bytes | None:
    """Return the data of an event; None for comments and events without any."""
    if event.startswith(b"data: ") and event.endswith(b"\n\n"):
        # Nearly every event is one such line, and taking it apart costs more than reading it.
        line = event[6:-2]
        if b"\n" not in line and b"\r" not in line:
            return line
    parts = [_value(line) for line in _LINE.split(event) if line.startswith(b"data:")]
    return b"\n".join(parts) if parts else None


def _value(line: bytes) -> bytes:
    value = line[5:]
    return value[1:] if value.startswith(b" ") else value
