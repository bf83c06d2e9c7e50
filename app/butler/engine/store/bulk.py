"""Many rows in few statements.

SQLite's driver takes and lets go of the interpreter's lock for every row of an `executemany`,
and while the engine is busy each of these turns costs more than the row itself. Rows that
travel in one statement take one turn.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.rows import Record

_MAX_PARAMETERS = 16_000
"""SQLite allows 32,766 from version 3.32 on."""

_Reader = Callable[[Any], Any]


async def insert_many(connection: AsyncConnection, table: Table, records: Sequence[Record]) -> None:
    """Append records to a table; their fields carry the names of its columns' keys."""
    step = _MAX_PARAMETERS // len(table.columns)
    for start in range(0, len(records), step):
        part = records[start : start + step]
        sql, columns = _statement(table, connection.dialect, len(part))
        parameters = tuple(
            write(getattr(record, name)) if write else getattr(record, name)
            for record in part
            for name, write in columns
        )
        await connection.exec_driver_sql(sql, parameters)


@lru_cache(maxsize=512)
def _statement(
    table: Table, dialect: Dialect, rows: int
) -> tuple[str, tuple[tuple[str, _Reader | None], ...]]:
    """Return the statement for so many rows, and each column's key with what writes its values."""
    marker = "%s" if dialect.paramstyle in ("format", "pyformat") else "?"
    quoted = ", ".join(dialect.identifier_preparer.format_column(c) for c in table.columns)
    one = "(" + ", ".join([marker] * len(table.columns)) + ")"
    into = dialect.identifier_preparer.format_table(table)
    head = f"INSERT INTO {into} ({quoted}) VALUES "  # noqa: S608 - names of our own tables
    columns = tuple(
        (column.key, column.type.dialect_impl(dialect).bind_processor(dialect))
        for column in table.columns
    )
    return head + ", ".join([one] * rows), columns
