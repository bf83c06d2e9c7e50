"""Stored models: what a provider offers, in the provider's order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete as delete_from
from sqlalchemy import insert, select
from sqlalchemy import update as update_row
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.rows import record_of, row_of
from butler.engine.store.tables import models, providers


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRecord:
    """One model; `name` is the id that the upstream knows and may hold slashes.

    `details` is a `contract.resources.ModelDetails` as JSON, without what is not known.
    """

    id: str
    provider_id: str
    name: str
    alias: str | None
    enabled: bool
    position: int
    details: Mapping[str, Any] = field(default_factory=dict)


async def add(connection: AsyncConnection, model: ModelRecord) -> None:
    """Store a new model."""
    await connection.execute(insert(models).values(row_of(model)))


async def get(connection: AsyncConnection, model_id: str) -> ModelRecord | None:
    """Read one model by id."""
    found = await connection.execute(select(models).where(models.c.id == model_id))
    row = found.one_or_none()
    return None if row is None else record_of(ModelRecord, row)


async def list_all(
    connection: AsyncConnection, provider_id: str | None = None
) -> tuple[ModelRecord, ...]:
    """All models, or one provider's, in the order of providers and then of models."""
    query = (
        select(models)
        .join(providers, providers.c.id == models.c.provider_id)
        .order_by(providers.c.position, providers.c.id, models.c.position, models.c.id)
    )
    if provider_id is not None:
        query = query.where(models.c.provider_id == provider_id)
    return tuple(record_of(ModelRecord, row) for row in await connection.execute(query))


async def update(connection: AsyncConnection, model: ModelRecord) -> bool:
    """Write the whole record over the one with its id; tells whether there was one."""
    written = await connection.execute(
        update_row(models).where(models.c.id == model.id).values(row_of(model))
    )
    return written.rowcount > 0


async def delete(connection: AsyncConnection, model_id: str) -> bool:
    """Delete a model; rules that named it keep its label. Tells whether there was one."""
    gone = await connection.execute(delete_from(models).where(models.c.id == model_id))
    return gone.rowcount > 0
