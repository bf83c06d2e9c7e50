"""The history: one row per change of the configuration, so that each can be told and undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete as delete_from
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.delta import RowChange
from butler.engine.store.tables import history

_LINES = select(history.c.revision, history.c.at, history.c.resource, history.c.summary)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change in words; `revision` is the one that it made, `resource` what it is about.

    A change of several resources names them with commas between.
    """

    revision: int
    at: datetime
    resource: str
    summary: str

    @property
    def resources(self) -> tuple[str, ...]:
        """What it is about, one by one."""
        return tuple(self.resource.split(","))


async def add(
    connection: AsyncConnection, line: HistoryLine, changes: Sequence[RowChange], keep: int
) -> None:
    """Note a change, and forget all but the latest `keep`."""
    rows = [
        {"table": change.table, "id": change.id, "before": change.before, "after": change.after}
        for change in changes
    ]
    await connection.execute(
        insert(history).values(
            revision=line.revision,
            at=line.at,
            resource=line.resource,
            summary=line.summary,
            changes=rows,
        )
    )
    oldest = select(history.c.revision).order_by(history.c.revision.desc()).offset(keep).limit(1)
    limit = await connection.scalar(oldest)
    if limit is not None:
        await connection.execute(delete_from(history).where(history.c.revision <= limit))


async def get(connection: AsyncConnection, revision: int) -> HistoryLine | None:
    """Read what is said of one revision."""
    row = (await connection.execute(_LINES.where(history.c.revision == revision))).one_or_none()
    return None if row is None else HistoryLine(*row)


async def page(
    connection: AsyncConnection, before: int | None, limit: int
) -> tuple[HistoryLine, ...]:
    """The latest changes, or those before a revision, newest first."""
    query = _LINES.order_by(history.c.revision.desc()).limit(limit)
    if before is not None:
        query = query.where(history.c.revision < before)
    return tuple(HistoryLine(*row) for row in await connection.execute(query))


async def since(connection: AsyncConnection, revision: int) -> tuple[HistoryLine, ...]:
    """The changes after a revision, oldest first."""
    query = _LINES.where(history.c.revision > revision).order_by(history.c.revision)
    return tuple(HistoryLine(*row) for row in await connection.execute(query))


async def changes_of(connection: AsyncConnection, revision: int) -> tuple[RowChange, ...]:
    """What one revision did; nothing when it is not in the history."""
    rows = await connection.scalar(select(history.c.changes).where(history.c.revision == revision))
    return tuple(RowChange(**row) for row in rows or ())


async def changes_since(
    connection: AsyncConnection, revision: int
) -> tuple[tuple[RowChange, ...], ...]:
    """What each revision after this one did, newest first."""
    query = select(history.c.changes).where(history.c.revision > revision)
    found = await connection.scalars(query.order_by(history.c.revision.desc()))
    return tuple(tuple(RowChange(**row) for row in rows) for rows in found)
