"""The words of calls, sealed: kept only where the owner wants that, and not for long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete as delete_from
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.bulk import insert_many
from butler.engine.store.rows import record_of
from butler.engine.store.tables import bodies


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRecord:
    """The sealed words of one call; `started_at` is the call's own."""

    request_id: str
    started_at: datetime
    envelope: bytes


def vault_record(request_id: str) -> str:
    """Return the name under which the words of a call are sealed."""
    return f"request/{request_id}/body"


async def add_many(connection: AsyncConnection, records: Sequence[BodyRecord]) -> None:
    """Keep the words of calls."""
    await insert_many(connection, bodies, records)


async def get(connection: AsyncConnection, request_id: str) -> BodyRecord | None:
    """Read the words of one call."""
    found = await connection.execute(select(bodies).where(bodies.c.request_id == request_id))
    row = found.one_or_none()
    return None if row is None else record_of(BodyRecord, row)


async def of(connection: AsyncConnection, ids: Sequence[str]) -> tuple[BodyRecord, ...]:
    """Read the words of these calls, of those that were kept."""
    found = await connection.execute(select(bodies).where(bodies.c.request_id.in_(ids)))
    return tuple(record_of(BodyRecord, row) for row in found)


async def delete(connection: AsyncConnection, request_id: str) -> bool:
    """Forget the words of one call; returns whether there were any."""
    same = bodies.c.request_id == request_id
    return (await connection.execute(delete_from(bodies).where(same))).rowcount > 0


async def delete_some(
    connection: AsyncConnection, most: int, before: datetime | None = None
) -> int:
    """Forget the words of at most so many calls, of older ones than `before`; returns how many."""
    some = select(bodies.c.request_id).limit(most)
    if before is not None:
        some = some.where(bodies.c.started_at < before)
    gone = await connection.execute(delete_from(bodies).where(bodies.c.request_id.in_(some)))
    return gone.rowcount
