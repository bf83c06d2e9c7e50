"""How diskcache reads and writes here: bytes, in rows of its database, and nothing else.

Its own reader unpickles what a row declares to be a pickle, opens whatever file a row names, and
deletes that file with the row. Whoever can write to the data directory could so run code or read
files as us. This one refuses.
"""

from typing import Any

from diskcache import UNKNOWN, Disk

_RAW = 1
"""The mode of a value that lies in the row as it is; diskcache writes no other for us."""


class Refused(ValueError):
    """A row holds something that we have not written."""


class BytesDisk(Disk):  # type: ignore[misc]  # diskcache ships no types
    """Keys and values are bytes in the row: no pickles, no files."""

    def put(self, key: object) -> tuple[bytes, bool]:
        """Return how a key is stored; raises Refused for what is not bytes."""
        return _bytes(key), True

    def get(self, key: object, raw: object) -> bytes:
        """Return a stored key; raises Refused for one that is pickled."""
        if not raw:
            raise Refused("a key is not stored as it is")
        return _bytes(key)

    def store(
        self, value: object, read: bool, key: object = UNKNOWN
    ) -> tuple[int, int, None, bytes]:
        """Return size, mode, file name and value for a row; the size is that of files: none."""
        if read:
            raise Refused("values are not read from files")
        return 0, _RAW, None, _bytes(value)

    def fetch(self, mode: object, filename: object, value: object, read: bool) -> bytes:
        """Return a row's value; raises Refused where it is a pickle or lies in a file."""
        if mode != _RAW or filename is not None or read:
            raise Refused("a value does not lie in its row as it is")
        return _bytes(value)

    def filename(self, key: object = UNKNOWN, value: object = UNKNOWN) -> tuple[str, str]:
        """Refuse: nothing lies in files."""
        raise Refused("nothing is stored in files")

    def remove(self, file_path: Any) -> None:
        """Leave files alone: what a row names is not ours."""


def _bytes(value: object) -> bytes:
    if isinstance(value, memoryview):
        return bytes(value)
    if type(value) is bytes:
        return value
    raise Refused("this is not bytes")
