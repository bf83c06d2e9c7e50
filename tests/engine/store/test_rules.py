"""Rules: their targets follow renames, and keep their last name when the model is gone."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import models, providers, rules
from butler.engine.store.tables import rule_targets
from butler.engine.store.targets import StoredTarget
from tests.engine.store.records import model, provider, rule

CONDITIONS = {"any": [{"kind": "task", "tasks": ["coding"]}, {"none": [{"kind": "关键词"}]}]}
STRONG = StoredTarget("model_1", "prov_1/org/strong")
CHEAP = StoredTarget("model_2", "prov_1/cheap")
FULL = rule(
    description="Code to the strong one",
    priority=1000,
    enabled=False,
    conditions=CONDITIONS,
    targets=(STRONG, CHEAP, StoredTarget(None, "somewhere/else")),
)


@pytest.fixture
async def stocked(connection: AsyncConnection) -> AsyncConnection:
    """A connection to a store with one provider, two models and the rule `FULL`."""
    await providers.add(connection, provider())
    await models.add(connection, model("model_1", name="org/strong"))
    await models.add(connection, model("model_2", name="cheap", position=1))
    await rules.add(connection, FULL)
    return connection


async def labels(connection: AsyncConnection) -> list[str]:
    (found,) = await rules.list_all(connection)
    return [target.label for target in found.targets]


async def test_a_rule_comes_back_as_it_was(stocked: AsyncConnection) -> None:
    assert await rules.get(stocked, FULL.id) == FULL
    assert await rules.list_all(stocked) == (FULL,)
    assert await rules.get(stocked, "nobody") is None


async def test_a_renamed_model_shows_at_once(stocked: AsyncConnection) -> None:
    await models.update(stocked, model("model_1", name="stronger"))
    assert await labels(stocked) == ["prov_1/stronger", "prov_1/cheap", "somewhere/else"]


async def test_a_renamed_provider_shows_at_once(stocked: AsyncConnection) -> None:
    await providers.update(stocked, provider(name="new"))
    assert await labels(stocked) == ["new/org/strong", "new/cheap", "somewhere/else"]
    found = await rules.get(stocked, FULL.id)
    assert found is not None
    assert found.targets[0] == StoredTarget("model_1", "new/org/strong")


async def test_a_deleted_model_leaves_its_label(stocked: AsyncConnection) -> None:
    await models.delete(stocked, "model_1")
    found = await rules.get(stocked, FULL.id)
    assert found is not None
    assert found.targets == (StoredTarget(None, STRONG.label), CHEAP, FULL.targets[2])


async def test_a_deleted_provider_leaves_all_labels(stocked: AsyncConnection) -> None:
    await providers.delete(stocked, "prov_1")
    found = await rules.get(stocked, FULL.id)
    assert found is not None
    assert {target.model_id for target in found.targets} == {None}
    assert [target.label for target in found.targets] == [t.label for t in FULL.targets]


async def test_an_update_replaces_the_targets(stocked: AsyncConnection) -> None:
    other = rule("rule_2", targets=(CHEAP,))
    await rules.add(stocked, other)
    changed = replace(FULL, name="new", targets=(CHEAP, STRONG))
    assert await rules.update(stocked, changed)
    assert await rules.get(stocked, FULL.id) == changed
    assert await rules.get(stocked, other.id) == other
    assert not await rules.update(stocked, rule("nobody", targets=(CHEAP,)))


async def test_a_deleted_rule_leaves_no_targets(stocked: AsyncConnection) -> None:
    assert await rules.delete(stocked, FULL.id)
    assert await stocked.scalar(select(func.count()).select_from(rule_targets)) == 0
    assert not await rules.delete(stocked, FULL.id)


async def test_rules_stand_in_the_order_in_which_they_are_tried(
    connection: AsyncConnection,
) -> None:
    for id_, priority in (("rule_c", 5), ("rule_a", 5), ("rule_b", 900), ("rule_d", 0)):
        await rules.add(connection, rule(id_, priority=priority))
    found = await rules.list_all(connection)
    assert [record.id for record in found] == ["rule_b", "rule_a", "rule_c", "rule_d"]
