"""The cache's file: entries under their keys, read and written in a thread, never on the loop.

It never keeps anybody from working: a file that is damaged is thrown away and begun anew, and a
disk that takes nothing leaves the cache with what it has in memory.
"""

import logging
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import diskcache

from butler.engine.caches.exact.disk import BytesDisk, Refused
from butler.engine.caches.exact.inspection import Damaged, Known, inspect

_log = logging.getLogger(__name__)
_TROUBLE = (sqlite3.Error, diskcache.Timeout, OSError, Refused, TypeError)
_WAIT_S = 2.0
_SETTINGS = {
    # Who may stay is decided by the index in memory, which would not hear of it from here.
    "eviction_policy": "none",
    "cull_limit": 0,
    "statistics": 0,
    "tag_index": 0,
    "disk_min_file_size": 0,
    "disk_pickle_protocol": 0,
}


class Shelf:
    """Bytes under keys in a folder; `open` comes first.

    All methods may wait for the disk, and all are called from one and the same thread.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cache: Any = None

    def open(self) -> dict[bytes, Known]:
        """Open the file; return what it holds, the oldest first."""
        try:
            found = inspect(self._folder)
        except Damaged as damage:
            _log.warning("The cache of answers is begun anew: %s.", damage)
            self._throw_away()
            found = {}
        try:
            self._begin()
        except _TROUBLE as error:
            self._give_up(error)
            return {}
        return found

    def read(self, key: bytes) -> bytes | None:
        """Return what lies under a key; None where there is nothing, or nothing sound."""
        cache = self._cache
        if cache is None:
            return None
        try:
            found: bytes | None = cache.get(key)
        except _TROUBLE as error:
            self._mend(error)
            return None
        return found

    def write(self, key: bytes, sealed: bytes, known: Known, now: float) -> None:
        """Put bytes under a key, in the place of others."""
        try:
            if self._cache is not None:
                left_s = known.expires_at - now
                self._cache.set(key, sealed, expire=left_s, tag=known.generation)
        except _TROUBLE as error:
            self._mend(error)

    def drop(self, keys: list[bytes]) -> None:
        """Take entries out."""
        try:
            if self._cache is not None and keys:
                with self._cache.transact():
                    for key in keys:
                        self._cache.delete(key)
        except _TROUBLE as error:
            self._mend(error)

    def clear(self) -> None:
        """Take out all: a new file holds no trace of what the old one held."""
        self.close()
        self._throw_away()
        try:
            self._begin()
        except _TROUBLE as error:
            self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        if self._cache is not None:
            self._cache.close()

    def _begin(self) -> None:
        # The mode counts for the last folder alone, so each is made by itself.
        for folder in (self._folder.parent, self._folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder.chmod(0o700)
        self._cache = diskcache.Cache(
            str(self._folder), timeout=_WAIT_S, disk=BytesDisk, **_SETTINGS
        )

    def _mend(self, error: Exception) -> None:
        """Begin anew where the file is no good; a full or a busy disk may do better later."""
        _log.warning("The cache of answers had trouble: %s.", type(error).__name__)
        if isinstance(error, sqlite3.OperationalError | diskcache.Timeout | OSError):
            return
        self.clear()

    def _give_up(self, error: Exception) -> None:
        _log.warning("Answers are kept in memory only: %s.", type(error).__name__)
        self._cache = None

    def _throw_away(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
