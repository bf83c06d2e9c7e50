"""Rows that travel together arrive as they would one by one, however many there are."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import requests, tables
from butler.engine.store.bulk import insert_many
from tests.engine.store.records import NOON, request


@pytest.mark.parametrize("rows", [0, 1, 2, 499, 1_203])
async def test_every_row_arrives_whole(connection: AsyncConnection, rows: int) -> None:
    records = [
        request(
            f"req_{number:05}",
            started_at=NOON + timedelta(seconds=number),
            cost_usd=Decimal(number) / 1_000_000,
            modalities=("text",),
            trace=[{"layer": "rules", "ms": 1.0}],
        )
        for number in range(rows)
    ]
    await insert_many(connection, tables.requests, records)
    stored = await connection.scalar(select(func.count()).select_from(tables.requests))
    assert stored == rows
    for record in records[:: max(1, rows // 7)]:
        assert await requests.get(connection, record.id) == record
