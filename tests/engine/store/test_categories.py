"""Categories: they come back in their order, with examples and targets that follow renames."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import categories, models, providers
from butler.engine.store.database import Conflict, Database
from butler.engine.store.tables import category_targets
from butler.engine.store.targets import StoredTarget
from tests.engine.store.records import category, model, provider

FULL = category(
    name="law",
    description="Contracts and courts.",
    utterances=("Is this clause valid?", "这份合同有效吗"),
    position=3,
    targets=(StoredTarget("model_1", "prov_1/strong"), StoredTarget(None, "somewhere/else")),
)


@pytest.fixture
async def stocked(connection: AsyncConnection) -> AsyncConnection:
    """A store with one provider, one model and the category `FULL`."""
    await providers.add(connection, provider())
    await models.add(connection, model("model_1", name="strong"))
    await categories.add(connection, FULL)
    return connection


async def test_a_category_comes_back_as_it_was(stocked: AsyncConnection) -> None:
    assert await categories.get(stocked, FULL.id) == FULL
    assert await categories.get(stocked, "nobody") is None


async def test_they_stand_in_the_owners_order(stocked: AsyncConnection) -> None:
    first = category("cat_0", position=3)
    before = category("cat_9", position=1)
    await categories.add(stocked, first)
    await categories.add(stocked, before)
    assert await categories.list_all(stocked) == (before, first, FULL)


async def test_a_renamed_provider_shows_at_once_and_a_deleted_model_leaves_its_label(
    stocked: AsyncConnection,
) -> None:
    await providers.update(stocked, provider(name="new"))
    (found,) = await categories.list_all(stocked)
    assert [target.label for target in found.targets] == ["new/strong", "somewhere/else"]
    await models.delete(stocked, "model_1")
    (found,) = await categories.list_all(stocked)
    assert found.targets[0] == StoredTarget(None, "prov_1/strong")


async def test_it_is_changed_as_a_whole(stocked: AsyncConnection) -> None:
    changed = replace(FULL, enabled=False, utterances=("Sue them.",), targets=FULL.targets[1:])
    assert await categories.update(stocked, changed)
    assert await categories.get(stocked, FULL.id) == changed
    assert not await categories.update(stocked, category("nobody"))


async def test_with_a_category_its_targets_go(stocked: AsyncConnection) -> None:
    assert await categories.delete(stocked, FULL.id)
    assert not await categories.delete(stocked, FULL.id)
    assert await stocked.scalar(select(func.count()).select_from(category_targets)) == 0


async def test_a_name_is_given_once(database: Database) -> None:
    with pytest.raises(Conflict):
        async with database.begin() as connection:
            await categories.add(connection, category("cat_1", name="law"))
            await categories.add(connection, category("cat_2", name="law"))
