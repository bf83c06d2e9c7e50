"""Lists of targets: written whole, in order, read with the names of today."""

import pytest
from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import categories, models, providers
from butler.engine.store.tables import categories as categories_table
from butler.engine.store.tables import category_targets
from butler.engine.store.targets import StoredTarget, TargetList
from tests.engine.store.records import category, model, provider

LIST = TargetList(category_targets, category_targets.c.category_id)
THREE = (
    StoredTarget(None, "b/x"),
    StoredTarget("model_1", "prov_1/model_1"),
    *[StoredTarget(None, "a/x")],
)


@pytest.fixture
async def stocked(connection: AsyncConnection) -> AsyncConnection:
    """Two categories, of which one has targets."""
    await providers.add(connection, provider())
    await models.add(connection, model())
    await categories.add(connection, category("cat_1"))
    await categories.add(connection, category("cat_2"))
    await LIST.write(connection, "cat_1", THREE)
    return connection


async def test_they_come_back_in_their_order(stocked: AsyncConnection) -> None:
    found = await LIST.read(stocked, select(categories_table.c.id))
    assert dict(found) == {"cat_1": list(THREE)}
    assert found["cat_2"] == []


async def test_only_those_that_were_asked_for_are_read(stocked: AsyncConnection) -> None:
    assert await LIST.read(stocked, select(literal("cat_2"))) == {}


async def test_new_ones_take_the_place_of_all_old_ones(stocked: AsyncConnection) -> None:
    await LIST.write(stocked, "cat_1", THREE[:1])
    found = await LIST.read(stocked, select(literal("cat_1")))
    assert found["cat_1"] == list(THREE[:1])


async def test_a_new_name_shows_at_once(stocked: AsyncConnection) -> None:
    await models.update(stocked, model(name="renamed"))
    found = await LIST.read(stocked, select(literal("cat_1")))
    assert [target.label for target in found["cat_1"]] == ["b/x", "prov_1/renamed", "a/x"]
