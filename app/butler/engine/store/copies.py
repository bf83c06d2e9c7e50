"""Copies of an SQLite file, consistent while others go on writing."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from butler.contract.problems import ProblemCode
from butler.engine.errors import StoreError, problem

FOLDER = "backups"
_KEEP = 5


def copy_file(source: Path, target: Path) -> None:
    """Copy a database as of one instant into a new file, open to its owner only.

    Raises StoreError; the new file is then gone again. It blocks, so it belongs into a thread.
    """
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            with (
                closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
                closing(sqlite3.connect(target)) as new,
            ):
                old.backup(new)
                # The copy stands alone: no journal beside it to be forgotten.
                new.execute("PRAGMA journal_mode = DELETE")
        except BaseException:
            target.unlink()
            raise
    except (sqlite3.Error, OSError) as error:
        raise _not_made(target, str(error)) from error


def keep_before(what: str, file: Path) -> Path:
    """Copy a database into `backups` beside it and return where; the oldest of them go.

    `what` is about to happen to it, and stands in the copy's name. Raises StoreError.
    """
    target = place_before(what, file.parent, file.stem)
    copy_file(file, target)
    return target


def place_before(what: str, directory: Path, stem: str = "butler") -> Path:
    """Return a new name for a copy in `directory`'s backups, and make room for it."""
    folder = directory / FOLDER
    kept = sorted(folder.glob(f"{stem}-before-*.db"), key=lambda path: path.stat().st_mtime)
    for old in kept[: max(0, len(kept) + 1 - _KEEP)]:
        old.unlink(missing_ok=True)
    return folder / f"{stem}-before-{what}-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.db"


def _not_made(target: Path, why: str) -> StoreError:
    return StoreError(
        problem(
            ProblemCode.BACKUP_FAILED,
            f"The database could not be copied to {target}: {why}.",
            "Make room there and see that you may write. Nothing else was changed.",
        )
    )
