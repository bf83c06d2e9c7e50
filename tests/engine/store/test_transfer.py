"""Moving rows: all of them, in an order that the tables allow, whatever was there before."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from butler.engine.store import meta, models, providers, requests, rules, settings, tokens
from butler.engine.store.database import Database
from butler.engine.store.snapshot import read_snapshot
from butler.engine.store.targets import StoredTarget
from butler.engine.store.transfer import copy_rows
from tests.engine.store.records import NOON, model, provider, request, rule, token


async def test_all_rows_travel_between_databases_of_any_kind(
    database: Database, tmp_path: Path
) -> None:
    calls = [
        request(f"req_{n}", started_at=NOON + timedelta(seconds=n), cost_usd=Decimal("0.1") * n)
        for n in range(1_001)
    ]
    async with database.begin() as connection:
        await providers.add(connection, provider(key_envelope=b"BV1\x00"))
        await models.add(connection, model())
        await rules.add(connection, rule(targets=(StoredTarget("model_1", "prov_1/model_1"),)))
        await tokens.add(connection, token())
        await tokens.add(connection, token("token_2", revoked_at=NOON))
        await settings.put(connection, "a", {"b": 1.0})
        await meta.put(connection, "revision", "9")
        await requests.add_many(connection, calls)
    other = await Database.open(None, tmp_path / "other")
    async with other.begin() as connection:
        await providers.add(connection, provider("old"))
    for source, target in ((database, other), (other, database)):
        async with source.connect() as read, target.begin() as write:
            await copy_rows(read, write)
            assert await read_snapshot(write) == await read_snapshot(read)
            assert len(await tokens.list_all(write, revoked=True)) == 2
            assert await requests.page(write, None, 2_000) == tuple(reversed(calls))
    await other.close()
