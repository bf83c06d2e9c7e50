"""Many rows in few statements.

SQLite's driver takes and lets go of the interpreter's lock for every row of an `executemany`,
and while the engine is busy each of these turns costs more than the row itself. Rows that
travel in one statement take one turn.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.rows import Record

_MAX_PARAMETERS = 16_000
"""SQLite allows 32,766 from version 3.32 on."""


async def insert_many(connection: AsyncConnection, table: Table, records: Sequence[Record]) -> None:
    """Append records to a table; their fields carry the names of its columns' keys."""
    step = _MAX_PARAMETERS // len(table.columns)
    writer = _writer(table, connection.dialect)
    for start in range(0, len(records), step):
        part = records[start : start + step]
        sql = _statement(table, connection.dialect, len(part))
        await connection.exec_driver_sql(sql, tuple(writer.values(part)))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns records into values for the driver: all fields at once, then those that need it."""

    fields: Callable[[object], tuple[Any, ...]]
    changed: tuple[tuple[int, Callable[[Any], Any]], ...]

    def values(self, records: Sequence[object]) -> Iterator[Any]:
        """Return the values of all records, one after the other."""
        for record in records:
            values = list(self.fields(record))
            for place, write in self.changed:
                values[place] = write(values[place])
            yield from values


@lru_cache(maxsize=16)
def _writer(table: Table, dialect: Dialect) -> _Writer:
    writes = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]
    return _Writer(
        attrgetter(*(column.key for column in table.columns)),
        tuple((place, write) for place, write in enumerate(writes) if write is not None),
    )


@lru_cache(maxsize=512)
def _statement(table: Table, dialect: Dialect, rows: int) -> str:
    """Return the statement for so many rows."""
    marker = "%s" if dialect.paramstyle in ("format", "pyformat") else "?"
    quoted = ", ".join(dialect.identifier_preparer.format_column(c) for c in table.columns)
    one = "(" + ", ".join([marker] * len(table.columns)) + ")"
    into = dialect.identifier_preparer.format_table(table)
    head = f"INSERT INTO {into} ({quoted}) VALUES "  # noqa: S608 - names of our own tables
    return head + ", ".join([one] * rows)
