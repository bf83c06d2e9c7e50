"""Where the semantic cache keeps its records; all of it blocks, and is called in a thread."""

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

ENTRY: Final = "entry/"
HIT: Final = "hit/"
LESSON: Final = "lesson/"
"""How keys begin, by what lies under them."""


class Shelf(Protocol):
    """Bytes by key. What can not be read, changed or foreign, is as if it were not there."""

    def open(self) -> None:
        """Make it ready; until then there is nothing."""

    def read(self, key: str) -> bytes | None:
        """Return what lies under a key."""

    def write(self, key: str, data: bytes) -> None:
        """Put something under a key, in place of what was there."""

    def remove(self, keys: Sequence[str]) -> None:
        """Take away what lies under keys, if anything."""

    def items(self) -> Iterator[tuple[str, bytes]]:
        """Give everything; what is written meanwhile may be missed."""

    def close(self) -> None:
        """Let go of it."""


class MemoryShelf:
    """A shelf that forgets everything when the process ends."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def open(self) -> None:
        """Need nothing."""

    def read(self, key: str) -> bytes | None:
        """Return what lies under a key."""
        return self._kept.get(key)

    def write(self, key: str, data: bytes) -> None:
        """Put something under a key."""
        self._kept[key] = data

    def remove(self, keys: Sequence[str]) -> None:
        """Take away what lies under keys."""
        for key in keys:
            self._kept.pop(key, None)

    def items(self) -> Iterator[tuple[str, bytes]]:
        """Give everything, as it was at the first asking."""
        yield from list(self._kept.items())

    def close(self) -> None:
        """Keep what there is: a test may open it again."""
