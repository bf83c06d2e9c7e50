"""Stored providers, their key sealed by the vault."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete as delete_from
from sqlalchemy import insert, select
from sqlalchemy import update as update_row
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.rows import record_of, row_of
from butler.engine.store.tables import providers


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRecord:
    """One provider; `key_envelope` is its API key as the vault sealed it."""

    id: str
    name: str
    kind: str
    base_url: str
    key_envelope: bytes | None
    options: Mapping[str, Any]
    enabled: bool
    position: int
    created_at: datetime
    updated_at: datetime


async def add(connection: AsyncConnection, provider: ProviderRecord) -> None:
    """Store a new provider."""
    await connection.execute(insert(providers).values(row_of(provider)))


async def get(connection: AsyncConnection, provider_id: str) -> ProviderRecord | None:
    """Read one provider by id."""
    found = await connection.execute(select(providers).where(providers.c.id == provider_id))
    row = found.one_or_none()
    return None if row is None else record_of(ProviderRecord, row)


async def list_all(connection: AsyncConnection) -> tuple[ProviderRecord, ...]:
    """All providers in their order."""
    query = select(providers).order_by(providers.c.position, providers.c.id)
    return tuple(record_of(ProviderRecord, row) for row in await connection.execute(query))


async def update(connection: AsyncConnection, provider: ProviderRecord) -> bool:
    """Write the whole record over the one with its id; tells whether there was one."""
    written = await connection.execute(
        update_row(providers).where(providers.c.id == provider.id).values(row_of(provider))
    )
    return written.rowcount > 0


async def delete(connection: AsyncConnection, provider_id: str) -> bool:
    """Delete a provider and its models; tells whether there was one."""
    gone = await connection.execute(delete_from(providers).where(providers.c.id == provider_id))
    return gone.rowcount > 0
