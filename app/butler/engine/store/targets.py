"""Targets of stored rules and categories, which follow a renamed provider or model."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, Table, func, insert, select
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.rows import row_of
from butler.engine.store.tables import models, providers


@dataclass(frozen=True, slots=True)
class StoredTarget:
    """Where a call is sent: a stored model, and its name `provider/model`.

    Read from the store, the label is the model's name of today. `model_id` is None when the
    model is gone or was never stored; the label is then as it was last written.
    """

    model_id: str | None
    label: str


@dataclass(frozen=True, slots=True)
class TargetList:
    """The table in which targets stand in order, and its column that says whose they are."""

    table: Table
    owner: Column[Any]

    async def write(
        self, connection: AsyncConnection, owner_id: str, targets: Sequence[StoredTarget]
    ) -> None:
        """Store somebody's targets, in place of those that were there."""
        await connection.execute(delete_from(self.table).where(self.owner == owner_id))
        rows = [
            {self.owner.key: owner_id, "position": position, **row_of(target)}
            for position, target in enumerate(targets)
        ]
        if rows:
            await connection.execute(insert(self.table), rows)

    async def read(
        self, connection: AsyncConnection, owners: Select[Any]
    ) -> defaultdict[str, list[StoredTarget]]:
        """The targets by owner; joined, so that a rename of provider or model shows at once.

        `owners` selects the ids of those whose targets are wanted.
        """
        name = providers.c.name + "/" + models.c.name
        table = self.table
        found = await connection.execute(
            select(
                self.owner.label("owner_id"),
                table.c.model_id,
                func.coalesce(name, table.c.label).label("label"),
            )
            .outerjoin(models, models.c.id == table.c.model_id)
            .outerjoin(providers, providers.c.id == models.c.provider_id)
            .where(self.owner.in_(owners))
            .order_by(self.owner, table.c.position)
        )
        targets: defaultdict[str, list[StoredTarget]] = defaultdict(list)
        for row in found:
            targets[row.owner_id].append(StoredTarget(row.model_id, row.label))
        return targets
