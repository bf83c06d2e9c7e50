"""The semantic cache's shelf on disk: records sealed under a key of their own, names hashed.

The file is the exact cache's kind of file; only the records are ours. A record is bound to its
key: moved to another row it does not open.
"""

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from butler.engine.caches.exact.inspection import KEY_BYTES, Known
from butler.engine.caches.exact.shelf import Shelf as File

_PURPOSE = "cache/similar/seal"
_MARK = b"similar/1/"
_NONCE_BYTES = 12
_LENGTH_BYTES = 2
_GOOD_FOR_S = 400 * 86_400.0
"""Longer than any answer is kept: when they are too old is not the file's choice."""


class Keys(Protocol):
    """Where the key comes from: the vault."""

    def derive(self, purpose: str) -> bytes:
        """Return the key for one purpose; the same object until the master key is another."""


class SealedShelf:
    """Records by key in a folder; what does not open under our key is as if it were not there."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._file = File(folder)
        self._keys = keys
        self._secret = keys.derive(_PURPOSE)
        self._cipher = AESGCM(self._secret)
        self._found: list[bytes] = []

    def open(self) -> None:
        """Open the file, in a thread; until then there is nothing."""
        self._found = list(self._file.open())

    def read(self, key: str) -> bytes | None:
        """Return what lies under a key."""
        opened = self._opened(_row_of(key))
        return opened[1] if opened is not None and opened[0] == key else None

    def write(self, key: str, data: bytes) -> None:
        """Put something under a key, in place of what was there."""
        self._check_secret()
        row, name, nonce = _row_of(key), key.encode(), os.urandom(_NONCE_BYTES)
        plain = len(name).to_bytes(_LENGTH_BYTES, "big") + name + data
        sealed = nonce + self._cipher.encrypt(nonce, plain, _MARK + row)
        now = time.time()
        self._file.write(row, sealed, Known(now + _GOOD_FOR_S, "", len(sealed)), now)

    def remove(self, keys: Sequence[str]) -> None:
        """Take away what lies under keys, if anything."""
        self._file.drop([_row_of(key) for key in keys])

    def items(self) -> Iterator[tuple[str, bytes]]:
        """Give all that was there when it was opened; what does not open is thrown away."""
        rows, self._found = self._found, []
        for row in rows:
            opened = self._opened(row)
            if opened is None:
                self._file.drop([row])
            else:
                yield opened

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _check_secret(self) -> None:
        """Begin anew under a new master key: what the old one sealed goes with it."""
        secret = self._keys.derive(_PURPOSE)
        if secret is not self._secret:
            self._secret, self._cipher = secret, AESGCM(secret)
            self._file.clear()

    def _opened(self, row: bytes) -> tuple[str, bytes] | None:
        sealed = self._file.read(row)
        if sealed is None:
            return None
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            plain = self._cipher.decrypt(nonce, rest, _MARK + row)
        except (InvalidTag, ValueError):
            return None
        length = int.from_bytes(plain[:_LENGTH_BYTES], "big")
        name, data = plain[_LENGTH_BYTES:][:length], plain[_LENGTH_BYTES:][length:]
        return name.decode(), data


def _row_of(key: str) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=KEY_BYTES).digest()
