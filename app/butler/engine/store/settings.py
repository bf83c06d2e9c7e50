"""Stored settings: the values that somebody set; what is not here has its default."""

from typing import Any

from sqlalchemy import delete as delete_from
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.tables import settings


async def read_all(connection: AsyncConnection) -> dict[str, Any]:
    """All stored values by key."""
    rows = await connection.execute(select(settings).order_by(settings.c.key))
    return {row.key: row.value for row in rows}


async def put(connection: AsyncConnection, key: str, value: Any) -> None:
    """Store a value (anything JSON can hold), replacing what was there."""
    written = await connection.execute(
        update(settings).where(settings.c.key == key).values(value=value)
    )
    if not written.rowcount:
        await connection.execute(insert(settings).values(key=key, value=value))


async def delete(connection: AsyncConnection, key: str) -> bool:
    """Go back to the default; tells whether a value was stored."""
    gone = await connection.execute(delete_from(settings).where(settings.c.key == key))
    return gone.rowcount > 0
