"""A look into the cache's file before diskcache opens it: is all of it what we write?

The file may be damaged, or made by somebody else. What is not exactly as we write it (a value in
a file, a pickle, a trigger of another's) makes the whole of it worthless: it is only a cache.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from diskcache.core import DBNAME, DEFAULT_SETTINGS, METADATA

KEY_BYTES = 20
_RAW = 1
_TRIGGERS = frozenset(
    f"Settings_{what}" for what in ("count_insert", "count_delete", "size_insert", "size_update")
) | {"Settings_size_delete"}
_STRANGE_ROWS = f"""
    SELECT count(*) FROM Cache WHERE raw IS NOT 1 OR mode IS NOT {_RAW} OR filename IS NOT NULL
    OR typeof(key) != 'blob' OR length(key) != {KEY_BYTES} OR typeof(value) != 'blob'
    OR typeof(expire_time) != 'real' OR typeof(tag) != 'text' OR size != 0
"""  # noqa: S608 - made of constants
_KNOWN = "SELECT key, expire_time, tag, length(value) FROM Cache ORDER BY rowid"


class Damaged(Exception):
    """The file is not as we write it; the text says how."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of an entry without reading it; `size` is in bytes."""

    expires_at: float
    generation: str
    size: int


def inspect(folder: Path) -> dict[bytes, Known]:
    """Return what a cache's folder holds, the oldest first; raises Damaged."""
    path = folder / DBNAME
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            for finding in _findings(database):
                raise Damaged(finding)
            rows = database.execute(_KNOWN).fetchall()
    except (sqlite3.Error, OSError) as error:
        raise Damaged(f"it can not be read ({type(error).__name__})") from None
    return {key: Known(expires_at, tag, size) for key, expires_at, tag, size in rows}


def _findings(database: sqlite3.Connection) -> Iterator[str]:
    kinds = "SELECT type, name, tbl_name FROM sqlite_master"
    for kind, name, table in database.execute(kinds):
        if kind == "view" or (kind == "trigger" and name not in _TRIGGERS):
            yield f"it holds a {kind} of somebody else's"
        if kind == "table" and table not in ("Cache", "Settings"):
            yield "it holds a table of somebody else's"
    for name, value in database.execute("SELECT key, value FROM Settings"):
        is_ours = name in METADATA or name in DEFAULT_SETTINGS
        if not is_ours or not isinstance(value, int | float | str):
            yield "it holds a setting of somebody else's"
        if name.startswith("sqlite_") and value != DEFAULT_SETTINGS[name]:
            yield "it holds a setting that we do not make"
    if database.execute(_STRANGE_ROWS).fetchone()[0]:
        yield "it holds a row that we do not write"
