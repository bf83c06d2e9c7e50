"""Moving all rows from one database into another, of whatever kind the two are."""

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.tables import metadata

_ROWS_AT_ONCE = 500


async def copy_rows(source: AsyncConnection, target: AsyncConnection) -> None:
    """Replace all rows of one database by those of another; both have the newest schema."""
    for table in reversed(metadata.sorted_tables):
        await target.execute(delete(table))
    for table in metadata.sorted_tables:
        rows = await source.stream(select(table))
        async for part in rows.partitions(_ROWS_AT_ONCE):
            values = [
                {column.key: row._mapping[column] for column in table.columns} for row in part
            ]
            await target.execute(insert(table), values)
