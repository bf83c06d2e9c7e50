"""Server-sent events: bytes in, events out, however the bytes were cut."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event of the stream: its name and its data."""

    name: str
    data: str


class EventReader:
    """Reads a stream that ends its lines with `\\n`; comments and ids are passed over."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """Take the next bytes and return the events that are complete with them."""
        # The blank line may have begun in what is left, so look one byte back, not at it all.
        start = max(len(self._rest) - 1, 0)
        self._rest += chunk
        events = []
        while (end := self._rest.find(b"\n\n", start)) >= 0:
            event = _read_block(self._rest[:end].decode())
            del self._rest[: end + 2]
            start = 0
            if event:
                events.append(event)
        return events


def _read_block(block: str) -> ServerEvent | None:
    name, data = "message", []
    for line in block.split("\n"):
        field, _, value = line.partition(":")
        if field == "event":
            name = value.removeprefix(" ")
        elif field == "data":
            data.append(value.removeprefix(" "))
    return ServerEvent(name, "\n".join(data)) if data else None
