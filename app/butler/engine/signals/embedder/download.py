"""Says how much of a download has come over, by looking at what lies in its folder."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_LOOK_EVERY_S = 0.5


@contextmanager
def watched(
    folder: Path, expected_bytes: float, progress: Callable[[float], None]
) -> Iterator[None]:
    """Tell `progress` the share that has come over, from another thread, while this is open."""
    before = size_of(folder)
    done = threading.Event()

    def look() -> None:
        while not done.wait(_LOOK_EVERY_S):
            come = size_of(folder) - before
            progress(min(max(come / expected_bytes, 0.0), 1.0) if expected_bytes else 0.0)

    watcher = threading.Thread(target=look, name="embedder-download", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def size_of(folder: Path) -> int:
    """Return the bytes in a folder; files that go while we look count as nothing."""
    total = 0
    for file in folder.rglob("*"):
        try:
            # Links lead to what is counted already.
            total += 0 if file.is_symlink() or not file.is_file() else file.stat().st_size
        except FileNotFoundError:
            continue
    return total
