"""What a new store is given: the categories that we ship. What is deleted stays away."""

import asyncio
from datetime import UTC, datetime
from typing import Final

import orjson
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.contract.places import resource
from butler.engine.store import categories, meta
from butler.engine.store.categories import CategoryRecord

_SEEDED: Final = "categories_seeded"
_FILES: Final = (
    *("coding", "debugging", "maths", "translation", "summarising", "creative"),
    *("analysis", "general", "small-talk"),
)
SHIPPED: Final = frozenset(
    {
        *("cat_coding", "cat_debugging", "cat_maths", "cat_translation", "cat_summarising"),
        *("cat_creative", "cat_analysis", "cat_general", "cat_small_talk"),
    }
)
"""The ids of those that we ship: they stay, whatever the owner makes of the rest."""


def shipped_categories() -> tuple[CategoryRecord, ...]:
    """Return the categories as we ship them, with no target yet; it reads files."""
    now = datetime.now(UTC)
    return tuple(_category(name, position, now) for position, name in enumerate(_FILES))


async def seed(connection: AsyncConnection) -> None:
    """Give the store what it has never been given; the caller holds the revision's lock."""
    if await meta.get(connection, _SEEDED) is not None:
        return
    taken = {record.name for record in await categories.list_all(connection)}
    # It reads files.
    for record in await asyncio.to_thread(shipped_categories):
        if record.name not in taken:
            await categories.add(connection, record)
    await meta.put(connection, _SEEDED, "1")


def _category(name: str, position: int, now: datetime) -> CategoryRecord:
    data = orjson.loads(resource("utterances", f"{name}.json").read_bytes())
    return CategoryRecord(
        id=data["id"],
        name=data["name"],
        description=data["description"],
        enabled=True,
        position=position,
        utterances=(*data["en"], *data["zh"]),
        targets=(),
        created_at=now,
        updated_at=now,
    )
