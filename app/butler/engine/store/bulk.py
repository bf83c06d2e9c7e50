"""Many rows in few statements.

SQLite's driver takes and lets go of the interpreter's lock for every statement that it runs, and
while the engine is busy each of these turns costs more than a row itself. So several rows travel
in one. Statements come in few sizes, since to read a new one costs SQLite as much as its rows.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.rows import Record

_ROWS_PER_STATEMENT = (64, 8, 1)
_Column = tuple[Any, ...]


async def insert_many(connection: AsyncConnection, table: Table, records: Sequence[Record]) -> None:
    """Append records to a table; their fields carry the names of its columns' keys."""
    if not records:
        return
    filled = _filled(table, connection.dialect, records)
    rows = list(zip(*filled.values(), strict=True))
    for size, parts in _portions(rows):
        sql = _statement(table, connection.dialect, tuple(filled), size)
        await connection.exec_driver_sql(sql, parts)


async def add_up(
    connection: AsyncConnection, table: Table, rows: Sequence[tuple[str | int, ...]]
) -> None:
    """Add rows to those that have the same key, column by column; new keys begin at these.

    Rows hold what the driver takes for every column, and no key twice.
    """
    places = tuple(range(len(table.columns)))
    adding = _adding(table, connection.dialect)
    for size, parts in _portions(rows):
        sql = _statement(table, connection.dialect, places, size)
        await connection.exec_driver_sql(sql + adding, parts)


def _portions(rows: Sequence[_Column]) -> Iterator[tuple[int, list[_Column]]]:
    """Give the values of all rows as statements of a few sizes take them."""
    start = 0
    for size in _ROWS_PER_STATEMENT:
        stop = start + (len(rows) - start) // size * size
        if stop > start:
            parts = (rows[at : at + size] for at in range(start, stop, size))
            yield size, [tuple(chain(*part)) for part in parts]
        start = stop


def _filled(table: Table, dialect: Dialect, records: Sequence[Record]) -> dict[int, _Column]:
    """Return the columns by their place, as the driver takes them, without those that are empty.

    SQLite's driver spends as much time on a None as on twenty texts.
    """
    read = attrgetter(*(column.key for column in table.columns))
    columns = zip(*map(read, records), strict=True)
    filled = {}
    for place, (column, values) in enumerate(zip(table.columns, columns, strict=True)):
        write = column.type.dialect_impl(dialect).bind_processor(dialect)
        written = tuple(map(write, values)) if write else values
        if written[0] is not None or written.count(None) < len(written):
            filled[place] = written
    return filled


@lru_cache(maxsize=128)
def _statement(table: Table, dialect: Dialect, places: tuple[int, ...], rows: int) -> str:
    """Return the statement for the columns at these places and so many rows."""
    marker = "%s" if dialect.paramstyle in ("format", "pyformat") else "?"
    names = [dialect.identifier_preparer.format_column(table.columns[place]) for place in places]
    one = "(" + ", ".join([marker] * len(names)) + ")"
    into = dialect.identifier_preparer.format_table(table)
    head = f"INSERT INTO {into} ({', '.join(names)}) VALUES "  # noqa: S608 - names of our own tables
    return head + ", ".join([one] * rows)


@lru_cache(maxsize=8)
def _adding(table: Table, dialect: Dialect) -> str:
    """Return the end of a statement that adds to rows which are there."""
    name = dialect.identifier_preparer.format_table(table)
    quoted = dialect.identifier_preparer.format_column
    key = ", ".join(quoted(column) for column in table.primary_key)
    sums = (quoted(column) for column in table.columns if not column.primary_key)
    added = ", ".join(f"{column} = {name}.{column} + excluded.{column}" for column in sums)
    return f" ON CONFLICT ({key}) DO UPDATE SET {added}"
