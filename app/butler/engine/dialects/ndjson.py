"""JSON objects, one a line, cut out of a byte stream without changing a byte.

Source: the NDJSON specification, 1.0. A line ends with LF, a CR before it is white space; a LF
never stands within an object, nor within a character of UTF-8.
"""

MAX_LINE_BYTES = 64 * 1024 * 1024
"""Room for all the arguments of a call in one line; what goes on for longer is no such stream."""


class LineTooLong(ValueError):
    """A stream goes on and on without the end of its line."""


class LineSplitter:
    """Collects bytes and hands out whole lines, each with its end; blank ones are left out."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes; return the lines that are complete now, as they came.

        Raises LineTooLong where a line has no end within MAX_LINE_BYTES.
        """
        self._held += data
        if b"\n" not in data:
            if len(self._held) > MAX_LINE_BYTES:
                raise LineTooLong("a line without an end")
            return []
        *lines, rest = bytes(self._held).split(b"\n")
        self._held = bytearray(rest)
        return [line + b"\n" for line in lines if line.strip()]

    def close(self) -> bytes:
        """Return what is left: a line without its end, or nothing."""
        held, self._held = bytes(self._held), bytearray()
        return held
