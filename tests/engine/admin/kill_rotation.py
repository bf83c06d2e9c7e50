"""Rotates master keys in forked processes, each killed at another line; the rest must open.

    python kill_rotation.py DIRECTORY

DIRECTORY holds a store and its key file. Every line of our own code that runs between the first
step and the last is one at which the process dies once. Prints how many died, and before how
many of them the store had gone over to the new key.
"""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import FrameType
from typing import Any

from butler.engine.admin.rotation import Places, rotate
from butler.engine.store import meta, providers
from butler.engine.store.database import Database
from butler.engine.store.sealed import key_record
from butler.engine.vault.key_file import KeyFile
from butler.engine.vault.vault import OpenedVault, open_vault

_WATCHED = ("admin/rotation.py", "store/sealed.py")
"""Where the steps are taken; what is below them is one call to the database or a key's place."""
_SECRET = b"sk-secret"


async def opened(database: Database, directory: Path) -> OpenedVault:
    async with database.connect() as connection:
        vault_id = await meta.get(connection, "vault_id")
        check = await meta.vault_check(connection)
    assert vault_id is not None
    return await open_vault([KeyFile(directory)], vault_id, check)


async def rotating(directory: Path, watch: Callable[[], None]) -> None:
    database = await Database.open(None, directory)
    vault = (await opened(database, directory)).vault
    place = KeyFile(directory)
    watch()
    await rotate(database, vault, Places(place, place))
    os._exit(0)


async def checking(directory: Path) -> None:
    database = await Database.open(None, directory)
    vault = (await opened(database, directory)).vault
    async with database.connect() as connection:
        found = await providers.list_all(connection)
        revision = await meta.revision(connection)
    for record in found:
        assert vault.open(key_record(record.id), record.key_envelope or b"") == _SECRET
    await database.close()
    os._exit(10 + revision)


def dies_at(line: int) -> Callable[[], None]:
    """Kill this process when the so-manyth different line of ours is about to run."""
    seen: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        name = frame.f_code.co_filename
        if not name.endswith(_WATCHED):
            return None
        if event == "line":
            seen.add((name, frame.f_lineno))
            if len(seen) == line:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return lambda: sys.settrace(trace)


def in_child(work: Coroutine[Any, Any, None]) -> int:
    """Run this in a process of its own; returns its exit status, negative for a signal."""
    pid = os.fork()
    if pid == 0:
        try:
            asyncio.run(work)
        finally:
            os._exit(1)
    work.close()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main(directory: Path) -> None:
    switched = 0
    line = 1
    while True:
        copy = directory.with_name(f"{directory.name}-{line}")
        shutil.copytree(directory, copy)
        status = in_child(rotating(copy, dies_at(line)))
        after = in_child(checking(copy))
        assert after in (10, 11), f"after line {line} the store does not open ({after})"
        shutil.rmtree(copy)
        if status == 0:
            assert after == 11
            break
        assert status == -signal.SIGKILL, status
        # Once over, always over: the commit is one moment.
        assert after == 11 or not switched
        switched += after - 10
        line += 1
    sys.stdout.write(f"{line - 1} died, {switched} after the change\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
