"""A snapshot is the whole configuration at one revision."""

from butler.engine.store import categories, meta, models, providers, rules, settings, tokens
from butler.engine.store.database import Database
from butler.engine.store.snapshot import Snapshot, read_snapshot
from butler.engine.store.targets import StoredTarget
from tests.engine.store.records import NOON, category, model, provider, rule, token

EMPTY = Snapshot(revision=0, settings={}, providers=(), models=(), rules=(), tokens=())
FULL = Snapshot(
    revision=1,
    settings={"port": 8080},
    providers=(provider(),),
    models=(model(),),
    rules=(rule(targets=(StoredTarget("model_1", "prov_1/model_1"),)),),
    tokens=(token(),),
    categories=(category(),),
)


async def test_it_holds_everything_in_use(database: Database) -> None:
    async with database.begin() as connection:
        await settings.put(connection, "port", 8080)
        await providers.add(connection, provider())
        await models.add(connection, model())
        await rules.add(connection, FULL.rules[0])
        await tokens.add(connection, token())
        await categories.add(connection, category())
        await tokens.add(connection, token("token_2", revoked_at=NOON))
        await meta.bump_revision(connection, 0)
        # Before the commit the writer sees its own change, and nobody else does.
        assert await read_snapshot(connection) == FULL
        async with database.connect() as other:
            assert await read_snapshot(other) == EMPTY
    async with database.connect() as connection:
        assert await read_snapshot(connection) == FULL


async def test_it_is_of_one_instant(database: Database) -> None:
    async with database.connect() as reader:
        before = await read_snapshot(reader)
        async with database.begin() as writer:
            await providers.add(writer, provider())
            await meta.bump_revision(writer, 0)
        assert await read_snapshot(reader) == before == EMPTY
