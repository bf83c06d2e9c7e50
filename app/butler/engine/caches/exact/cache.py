"""The exact cache as it lives with the engine: known keys and fresh answers in memory, all on disk.

A miss is a look into a dictionary. A hit comes from memory, else from the disk in a thread. What
is kept goes to the disk behind whoever is served, and what a crash keeps from it is lost: nothing
worse, it is only a cache.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from butler.engine.caches.exact.entry import Entry, Unreadable, seal, unseal
from butler.engine.caches.exact.inspection import Known
from butler.engine.caches.exact.key import Keys
from butler.engine.caches.exact.shelf import Shelf

T = TypeVar("T")

_log = logging.getLogger(__name__)
_IN_MEMORY_BYTES = 16 * 1024 * 1024
_ROW_BYTES = 256
"""What a row takes beside its value, about: key, times, its places in the indexes."""
_SEALED_BYTES = 320
"""What is sealed beside the words, about: who answered, when, and the names of all that."""
_MOST_WAITING = 1_000
_MOST_PASSED_OVER = 20_000
_MB = 1024 * 1024


class Secrets(Protocol):
    """Where the cache's keys come from: the vault."""

    def derive(self, purpose: str) -> bytes:
        """Return the key for one purpose; the same object until the master key is another."""


@dataclass(slots=True)
class Counts:
    """What has happened since the start. `would_have_hit`: but for what tools inject."""

    hits: int = 0
    misses: int = 0
    kept: int = 0
    would_have_hit: int = 0


class ExactCache:
    """Answers under keys; `key_secret` keys the digests that requests are known by."""

    def __init__(self, folder: Path, vault: Secrets, most_mb: int = 256) -> None:
        self._vault = vault
        self._shelf = Shelf(folder)
        self._thread = ThreadPoolExecutor(1, "exact-cache")
        self.most_bytes = most_mb * _MB
        self._sealed_under = self._seal_key()
        self._known: OrderedDict[bytes, Known] = OrderedDict()
        self._fresh: OrderedDict[bytes, tuple[Entry, int]] = OrderedDict()
        self._fresh_bytes = 0
        self._passed_over: OrderedDict[bytes, float] = OrderedDict()
        self._waiting = 0
        self._is_closed = False
        self.bytes = 0
        self.counts = Counts()

    @property
    def entries(self) -> int:
        """How many answers are kept."""
        return len(self._known)

    @property
    def key_secret(self) -> bytes:
        """The secret without which nobody can tell which request a key stands for."""
        return self._vault.derive("cache/exact/keys")

    async def open(self) -> None:
        """Read which keys are on disk; until that is done, nothing of it is known."""
        secret = self._sealed_under
        found = await self._in_thread(lambda: self._open(secret))
        for key, known in found.items():
            # What was kept meanwhile is newer.
            if key not in self._known:
                self._add(key, known)
                self._known.move_to_end(key, last=False)
        self._trim()

    async def close(self) -> None:
        """Write what waits, and close the file."""
        self._is_closed = True
        await asyncio.get_running_loop().run_in_executor(self._thread, self._shelf.close)
        self._thread.shutdown(wait=False)

    def follow(self, most_mb: int) -> None:
        """Take over how much room there is, and a new master key if there is one."""
        self.most_bytes = most_mb * _MB
        self._check_secret()
        self._trim()

    def known(self, key: bytes) -> Known | None:
        """Return what is known of an entry; None where there is none, or none any more."""
        known = self._known.get(key)
        if known is None:
            return None
        if known.expires_at <= time.time():
            self._forget(key)
            return None
        return known

    def at_hand(self, key: bytes) -> Entry | None:
        """Return an entry that `known` has told of, where it lies in memory."""
        found = self._fresh.get(key)
        return found[0] if found is not None else None

    def forget(self, key: bytes) -> None:
        """Take out an entry that is no good any more, if it is still there."""
        self._forget(key)

    async def read(self, key: bytes) -> Entry | None:
        """Return an entry that `known` has told of, from the disk; None where it is no good."""
        secret = self._sealed_under
        entry = await self._in_thread(lambda: self._read(key, secret))
        if entry is None:
            self._forget(key)
        elif key in self._known:
            self._remember(key, entry)
        return entry

    def used(self, key: bytes) -> None:
        """Note that an entry was sent again: it goes last when room is needed."""
        self.counts.hits += 1
        for order in (self._known, self._fresh):
            if key in order:
                order.move_to_end(key)

    def would_have_hit(self, keys: Keys) -> bool:
        """Count a miss that what tools inject has made; say whether it is one."""
        would = self._passed_over.get(keys.bare, 0) > time.time()
        self.counts.would_have_hit += would
        return would

    def keep(self, keys: Keys, entry: Entry) -> None:
        """Keep an answer, in the place of an older one; the disk gets it later."""
        self._check_secret()
        key = keys.used
        if keys.bare != key:
            self._passed_over[keys.bare] = entry.expires_at
            self._passed_over.move_to_end(keys.bare)
            while len(self._passed_over) > _MOST_PASSED_OVER:
                self._passed_over.popitem(last=False)
        kept = entry.answer
        # The size that it will have on disk is known only there; this is close enough for now.
        words = [kept.text, *(call.arguments for call in kept.calls)]
        size = sum(len(one.encode(errors="replace")) for one in words) + _ROW_BYTES + _SEALED_BYTES
        known = Known(entry.expires_at, entry.generation, size)
        if known.size > self.most_bytes:
            return
        self._drop_fresh(key)
        self._add(key, known)
        self._known.move_to_end(key)
        self._remember(key, entry)
        self.counts.kept += 1
        secret = self._sealed_under
        self._later(lambda: self._write(key, entry, known, secret))
        self._trim()

    async def clear(self) -> int:
        """Forget all, in memory and on disk; return how many answers there were."""
        gone = self._forget_all()
        await self._in_thread(self._shelf.clear)
        return gone

    def cool(self) -> None:
        """Let go of what lies in memory; the disk has it."""
        self._fresh.clear()
        self._fresh_bytes = 0

    async def settled(self) -> None:
        """Wait until the disk has all that was kept so far."""
        await self._in_thread(lambda: None)

    def _seal_key(self) -> bytes:
        return self._vault.derive("cache/exact/seal")

    def _check_secret(self) -> None:
        """Begin anew under a new master key: what the old one sealed is not to be found again."""
        secret = self._seal_key()
        if secret is not self._sealed_under:
            self._sealed_under = secret
            self._forget_all()
            self._later(self._shelf.clear)

    def _forget_all(self) -> int:
        gone = len(self._known)
        self._known.clear()
        self._fresh.clear()
        self._passed_over.clear()
        self.bytes = self._fresh_bytes = 0
        return gone

    def _add(self, key: bytes, known: Known) -> None:
        old = self._known.get(key)
        self.bytes += known.size - (old.size if old is not None else 0)
        self._known[key] = known

    def _remember(self, key: bytes, entry: Entry) -> None:
        size = self._known[key].size
        self._drop_fresh(key)
        self._fresh[key] = (entry, size)
        self._fresh_bytes += size
        while self._fresh_bytes > _IN_MEMORY_BYTES and self._fresh:
            self._drop_fresh(next(iter(self._fresh)))

    def _drop_fresh(self, key: bytes) -> None:
        found = self._fresh.pop(key, None)
        if found is not None:
            self._fresh_bytes -= found[1]

    def _lose(self, key: bytes) -> None:
        self.bytes -= self._known.pop(key).size
        self._drop_fresh(key)

    def _forget(self, key: bytes) -> None:
        if key in self._known:
            self._lose(key)
            self._later(lambda: self._shelf.drop([key]))

    def _trim(self) -> None:
        """Let the entries go that were not used for longest."""
        gone: list[bytes] = []
        while self.bytes > self.most_bytes and self._known:
            key = next(iter(self._known))
            self._lose(key)
            gone.append(key)
        if gone:
            self._later(lambda: self._shelf.drop(gone))

    def _later(self, work: Callable[[], None]) -> None:
        """Do it in the thread; what it can not keep up with is let go: a cache may forget."""
        if self._is_closed or self._waiting >= _MOST_WAITING:
            return
        self._waiting += 1
        asyncio.get_running_loop().run_in_executor(self._thread, work).add_done_callback(self._done)

    def _done(self, work: "asyncio.Future[None]") -> None:
        self._waiting -= 1
        if not work.cancelled() and (error := work.exception()) is not None:
            _log.error("the cache of answers failed: %s", type(error).__name__)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self, secret: bytes) -> dict[bytes, Known]:
        found = self._shelf.open()
        if not found:
            return found
        newest = next(reversed(found))
        if self._read(newest, secret) is None:
            self._shelf.clear()
            return {}
        now = time.time()
        self._shelf.drop([key for key, known in found.items() if known.expires_at <= now])
        return {
            key: replace(known, size=known.size + _ROW_BYTES)
            for key, known in found.items()
            if known.expires_at > now
        }

    def _read(self, key: bytes, secret: bytes) -> Entry | None:
        sealed = self._shelf.read(key)
        if sealed is None:
            return None
        try:
            return unseal(AESGCM(secret), key, sealed)
        except Unreadable:
            return None

    def _write(self, key: bytes, entry: Entry, known: Known, secret: bytes) -> None:
        self._shelf.write(key, seal(AESGCM(secret), key, entry), known, time.time())
