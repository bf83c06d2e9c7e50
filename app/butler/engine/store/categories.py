"""Stored categories of meaning: what calls are about, by example, and who answers those."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy import delete as delete_from
from sqlalchemy import update as update_row
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.rows import record_of, row_of
from butler.engine.store.tables import categories, category_targets
from butler.engine.store.targets import StoredTarget, TargetList

_TARGETS = TargetList(category_targets, category_targets.c.category_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRecord:
    """One category: what belongs to it, in a sentence and by examples.

    The first target answers, the others are its fallbacks; without any it sends nothing
    anywhere, and still keeps what belongs to it from being taken for something else.
    """

    id: str
    name: str
    description: str
    enabled: bool
    position: int
    utterances: tuple[str, ...]
    targets: tuple[StoredTarget, ...]
    created_at: datetime
    updated_at: datetime


async def add(connection: AsyncConnection, category: CategoryRecord) -> None:
    """Store a new category; raises Conflict, on leaving the transaction's block, for its name."""
    await connection.execute(insert(categories).values(_own_columns(category)))
    await _TARGETS.write(connection, category.id, category.targets)


async def get(connection: AsyncConnection, category_id: str) -> CategoryRecord | None:
    """Read one category by id."""
    found = await _read(connection, select(categories).where(categories.c.id == category_id))
    return found[0] if found else None


async def list_all(connection: AsyncConnection) -> tuple[CategoryRecord, ...]:
    """All categories in the owner's order."""
    return await _read(
        connection, select(categories).order_by(categories.c.position, categories.c.id)
    )


async def update(connection: AsyncConnection, category: CategoryRecord) -> bool:
    """Write the whole record over the one with its id; tells whether there was one."""
    written = await connection.execute(
        update_row(categories).where(categories.c.id == category.id).values(_own_columns(category))
    )
    if not written.rowcount:
        return False
    await _TARGETS.write(connection, category.id, category.targets)
    return True


async def delete(connection: AsyncConnection, category_id: str) -> bool:
    """Delete a category and its targets; tells whether there was one."""
    gone = await connection.execute(delete_from(categories).where(categories.c.id == category_id))
    return gone.rowcount > 0


def _own_columns(category: CategoryRecord) -> dict[str, Any]:
    row = row_of(category)
    del row["targets"]
    return row


async def _read(connection: AsyncConnection, query: Select[Any]) -> tuple[CategoryRecord, ...]:
    rows = (await connection.execute(query)).all()
    owners = query.order_by(None).with_only_columns(categories.c.id)
    targets = await _TARGETS.read(connection, owners)
    return tuple(
        record_of(
            CategoryRecord, row, utterances=tuple(row.utterances), targets=tuple(targets[row.id])
        )
        for row in rows
    )
