"""A whole store in one file, and back: keys and copies of tokens stay sealed in it.

Whoever has the file and not the master key can read the configuration and the log, but no
secret. Whoever lost the master key can not read the secrets either.
"""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from butler.contract.problems import ProblemCode
from butler.engine.errors import StoreError, problem
from butler.engine.store import meta
from butler.engine.store.changes import announce
from butler.engine.store.copies import copy_file, place_before
from butler.engine.store.database import Database
from butler.engine.store.seeds import seed
from butler.engine.store.snapshot import Snapshot, read_snapshot
from butler.engine.store.transfer import copy_rows

Fits = Callable[[str, bytes], bool]
"""Tells by a vault's id and check whether our master key opens what that vault sealed."""
Accept = Callable[[Snapshot], object]
"""Compiles a configuration. Raises ConfigError when it can not be put in force."""

_REVISION = re.compile("[0-9]{1,9}")
_OURS_ALONE = ("vault_id", "vault_check")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has done: the revision in force now, and where the former state is kept."""

    revision: int
    kept: Path


async def back_up(database: Database, target: Path) -> None:
    """Write the store into a new SQLite file as of one instant. Raises StoreError."""
    if database.file is not None:
        await asyncio.to_thread(copy_file, database.file, target)
        return
    copy = await Database.open(f"sqlite:///{target}", target.parent)
    try:
        async with database.connect() as source, copy.begin() as into:
            await copy_rows(source, into)
    finally:
        await copy.close()


async def restore(
    database: Database, file: Path, directory: Path, fits: Fits, accept: Accept
) -> Restored:
    """Replace everything in the store by what a backup holds, in one transaction.

    `file` is ours to change: an older schema is upgraded in it first. The state before is kept
    in `directory`'s backups. The master key stays as it is, so it must fit the backup, and the
    revision goes on counting. Raises StoreError, or what `accept` raises; nothing is changed then.
    """
    await asyncio.to_thread(_verify, file, fits)
    backup = await Database.open(f"sqlite:///{file}", file.parent)
    try:
        kept = await asyncio.to_thread(place_before, "restore", directory)
        await back_up(database, kept)
        async with backup.connect() as source, database.begin() as target:
            revision = max(await meta.lock_revision(target), await meta.revision(source)) + 1
            own = {key: await meta.get(target, key) for key in _OURS_ALONE}
            with _as_damage():
                await copy_rows(source, target)
            for key, value in own.items():
                if value is not None:
                    await meta.put(target, key, value)
            await meta.put(target, meta.REVISION, str(revision))
            await seed(target)
            with _as_damage():
                accept(await read_snapshot(target))
            await announce(target, revision)
    finally:
        await backup.close()
    return Restored(revision, kept)


def _verify(file: Path, fits: Fits) -> None:
    """Refuse a file that is no sound backup of ours, or whose secrets our key does not open.

    That its schema is not newer than ours is seen when it is opened.
    """
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            (found,) = opened.execute("PRAGMA quick_check(1)").fetchone()
            told: dict[str, Any] = dict(opened.execute("SELECT key, value FROM meta").fetchall())
            opened.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise _refused(
            ProblemCode.BACKUP_UNREADABLE, f"The file is no backup of this program: {error}."
        ) from error
    if found != "ok":
        raise _refused(ProblemCode.BACKUP_UNREADABLE, f"The backup is damaged: {found}.")
    with _as_damage():
        if not _REVISION.fullmatch(told.get(meta.REVISION, "0")):
            raise ValueError("a revision is a whole number")
        vault_id, check = (told.get(key) for key in _OURS_ALONE)
        ours = not vault_id or not check or fits(vault_id, meta.decode_check(check))
    if not ours:
        raise _refused(
            ProblemCode.MASTER_KEY_WRONG,
            "The secrets in the backup were sealed under another master key.",
            "Start with the key that was in use then: set BUTLER_MASTER_KEY to it, and an empty "
            "data directory. Nothing was changed.",
        )


@contextmanager
def _as_damage() -> Iterator[None]:
    """Take values that no store of ours holds for what they are: a file that somebody changed."""
    try:
        yield
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as error:
        raise _damaged(error) from error
    except StatementError as error:
        # What our own database has to say, such as that it is full, is not the file's fault.
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError):
            raise
        raise _damaged(error) from error


def _damaged(error: Exception) -> StoreError:
    """Build the refusal; it tells the error's kind alone, whose text may be what the file holds."""
    kind = type(error).__name__
    return _refused(
        ProblemCode.BACKUP_UNREADABLE, f"The backup holds what does not belong there ({kind})."
    )


def _refused(code: ProblemCode, detail: str, hint: str | None = None) -> StoreError:
    return StoreError(problem(code, detail, hint or "Choose a file that `butler backup` wrote."))
