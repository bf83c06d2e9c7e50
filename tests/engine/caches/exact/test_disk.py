"""diskcache behind our reader: bytes, and nothing that a row could make us do."""

import pickle
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import diskcache
import pytest

from butler.engine.caches.exact.disk import BytesDisk, Refused
from tests.engine.caches.exact.entries import key


class Trap:
    """Leaves a trace where it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return exec, (f"open({str(self.trace)!r}, 'w').close()",)


def opened(folder: Path) -> Any:
    return diskcache.Cache(str(folder), disk=BytesDisk, eviction_policy="none")


def plant(folder: Path, **columns: object) -> None:
    """Change the one row of a cache as somebody with access to the file could."""
    with closing(sqlite3.connect(folder / "cache.db")) as database:
        for name, value in columns.items():
            database.execute(f"UPDATE Cache SET {name} = ?", (value,))  # noqa: S608
        database.commit()


def test_bytes_come_back(tmp_path: Path) -> None:
    with opened(tmp_path / "cache") as cache:
        cache.set(key(1), b"x" * 100_000)
        assert cache.get(key(1)) == b"x" * 100_000
        assert list(cache) == [key(1)]
    assert {path.name for path in (tmp_path / "cache").iterdir()} <= {
        "cache.db", "cache.db-wal", "cache.db-shm",
    }  # fmt: skip


def test_nothing_but_bytes_is_taken(tmp_path: Path) -> None:
    with opened(tmp_path) as cache:
        for thing in ("text", 1, {"a": 1}, None):
            with pytest.raises(Refused):
                cache.set(key(1), thing)
            with pytest.raises(Refused):
                cache.set(thing, b"value")


def test_a_planted_pickle_is_not_opened(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    trap = pickle.dumps(Trap(trace))
    with opened(tmp_path / "cache") as cache:
        cache.set(key(1), b"value")
        plant(tmp_path / "cache", mode=4, value=trap)
        with pytest.raises(Refused):
            cache.get(key(1))
        plant(tmp_path / "cache", key=trap, raw=0)
        with pytest.raises(Refused):
            list(cache)
    assert not trace.exists()
    # The trap works, or this would show nothing.
    pickle.loads(trap)  # noqa: S301
    assert trace.exists()


def test_a_planted_file_name_is_neither_read_nor_deleted(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"private")
    with opened(tmp_path / "cache") as cache:
        cache.set(key(1), b"value")
        plant(tmp_path / "cache", mode=2, filename="../victim", value=None)
        with pytest.raises(Refused):
            cache.get(key(1))
        cache.delete(key(1))
    assert victim.read_bytes() == b"private"
