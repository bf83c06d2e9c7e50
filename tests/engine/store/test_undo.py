"""Undoing: the inverse where it fits, a refusal that names the record where it does not."""

import dataclasses
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import categories, models, providers, rules, settings, tokens
from butler.engine.store.delta import RowChange, changes_between
from butler.engine.store.snapshot import Snapshot, read_snapshot
from butler.engine.store.targets import StoredTarget
from butler.engine.store.undo import CanNotUndo, restore, undo
from tests.engine.store.records import NOON, category, model, provider, rule, token

Step = Callable[[AsyncConnection], Awaitable[object]]
TARGET = (StoredTarget("model_1", "prov_1/model_1"),)


@pytest.fixture
async def filled(connection: AsyncConnection) -> AsyncConnection:
    """A provider, its model, a rule to it, a token and a setting."""
    await providers.add(connection, provider(key_envelope=b"BV1"))
    await models.add(connection, model())
    await rules.add(connection, rule(targets=TARGET))
    await categories.add(connection, category(utterances=("Sue them.",), targets=TARGET))
    await tokens.add(connection, token(copy_envelope=b"BV1"))
    await settings.put(connection, "log.level", "debug")
    return connection


async def did(connection: AsyncConnection, step: Step) -> tuple[RowChange, ...]:
    before = await read_snapshot(connection)
    await step(connection)
    return changes_between(before, await read_snapshot(connection))


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(lambda c: providers.delete(c, "prov_1"), id="delete all of a provider"),
        pytest.param(lambda c: providers.add(c, provider("prov_2")), id="add a provider"),
        pytest.param(
            lambda c: providers.update(c, provider(key_envelope=b"BV1 new", name="x")),
            id="another key",
        ),
        pytest.param(lambda c: models.delete(c, "model_1"), id="delete a model"),
        pytest.param(lambda c: rules.delete(c, "rule_1"), id="delete a rule"),
        pytest.param(lambda c: rules.update(c, rule(priority=7)), id="change a rule"),
        pytest.param(lambda c: rules.add(c, rule("rule_2")), id="add a rule"),
        pytest.param(lambda c: categories.delete(c, "cat_1"), id="delete a category"),
        pytest.param(lambda c: categories.add(c, category("cat_2")), id="add a category"),
        pytest.param(
            lambda c: categories.update(c, category(utterances=("x", "y"), position=4)),
            id="change a category",
        ),
        pytest.param(lambda c: settings.put(c, "log.level", "info"), id="change a setting"),
        pytest.param(lambda c: settings.delete(c, "log.level"), id="back to the default"),
        pytest.param(lambda c: settings.put(c, "a.b", None), id="a setting that was not stored"),
        pytest.param(
            lambda c: tokens.update(c, token(name="y", copy_envelope=b"BV1", expires_at=NOON)),
            id="limits of a token",
        ),
        pytest.param(lambda c: tokens.add(c, token("token_2")), id="add a token"),
    ],
)
async def test_an_undone_change_leaves_all_as_it_was(filled: AsyncConnection, step: Step) -> None:
    before = await read_snapshot(filled)
    changes = await did(filled, step)
    assert changes
    now = await read_snapshot(filled)
    assert now != before
    await undo(filled, now, changes)
    assert await read_snapshot(filled) == before


async def test_what_others_changed_since_in_other_fields_stays(filled: AsyncConnection) -> None:
    changes = await did(filled, lambda c: rules.update(c, rule(priority=7, targets=TARGET)))
    await rules.update(filled, rule(priority=7, description="new", targets=TARGET))
    await undo(filled, await read_snapshot(filled), changes)
    (found,) = await rules.list_all(filled)
    assert (found.priority, found.description) == (500, "new")


@pytest.mark.parametrize(
    ("first", "then", "name"),
    [
        pytest.param(
            lambda c: rules.update(c, rule(priority=7)),
            lambda c: rules.update(c, rule(priority=8)),
            "rule 'rule_1'",
            id="changed again",
        ),
        pytest.param(
            lambda c: rules.update(c, rule(priority=7)),
            lambda c: rules.delete(c, "rule_1"),
            "rule 'rule_1'",
            id="deleted since",
        ),
        pytest.param(
            lambda c: rules.add(c, rule("rule_2")),
            lambda c: rules.update(c, rule("rule_2", priority=8)),
            "rule 'rule_2'",
            id="an addition, edited since",
        ),
        pytest.param(
            lambda c: rules.delete(c, "rule_1"),
            lambda c: rules.add(c, rule()),
            "rule 'rule_1'",
            id="a deletion, back since",
        ),
        pytest.param(
            lambda c: settings.put(c, "log.level", "info"),
            lambda c: settings.put(c, "log.level", "error"),
            "setting 'log.level'",
            id="a setting",
        ),
    ],
)
async def test_a_later_change_stands_in_the_way(
    filled: AsyncConnection, first: Step, then: Step, name: str
) -> None:
    changes = await did(filled, first)
    await then(filled)
    now = await read_snapshot(filled)
    with pytest.raises(CanNotUndo, match=name):
        await undo(filled, now, changes)
    assert await read_snapshot(filled) == now


async def test_a_revoked_token_does_not_come_back(filled: AsyncConnection) -> None:
    changes = await did(filled, lambda c: tokens.revoke(c, "token_1", NOON))
    with pytest.raises(CanNotUndo, match="'token_1' was revoked"):
        await undo(filled, await read_snapshot(filled), changes)


async def test_all_is_restored_but_the_tokens(filled: AsyncConnection) -> None:
    before = await read_snapshot(filled)
    steps: list[Step] = [
        lambda c: providers.delete(c, "prov_1"),
        lambda c: providers.add(c, provider("prov_2", name="prov_1")),
        lambda c: rules.update(c, rule(priority=9)),
        lambda c: tokens.revoke(c, "token_1", NOON),
        lambda c: tokens.add(c, token("token_2")),
        lambda c: settings.put(c, "log.level", "error"),
        lambda c: settings.put(c, "server.port", 1),
    ]
    done = [await did(filled, step) for step in steps]
    await restore(filled, await read_snapshot(filled), reversed(done))
    after = await read_snapshot(filled)
    assert dataclasses.replace(after, tokens=()) == dataclasses.replace(before, tokens=())
    assert [record.id for record in after.tokens] == ["token_2"]


async def test_a_rule_whose_model_is_gone_keeps_its_label(filled: AsyncConnection) -> None:
    removed = await did(filled, lambda c: rules.delete(c, "rule_1"))
    await models.delete(filled, "model_1")
    await undo(filled, await read_snapshot(filled), removed)
    found: Snapshot = await read_snapshot(filled)
    assert found.rules[0].targets == (StoredTarget(None, "prov_1/model_1"),)


async def test_names_and_aliases_that_were_exchanged_go_back(filled: AsyncConnection) -> None:
    await providers.update(filled, provider(key_envelope=b"BV1", name="one"))
    await providers.add(filled, provider("prov_2", name="other"))
    await models.update(filled, model(alias="big"))
    await models.add(filled, model("model_2", alias="small"))
    before = await read_snapshot(filled)

    async def exchange(connection: AsyncConnection) -> None:
        for one, other in (("free_1", "free_2"), ("other", "one")):
            await providers.update(connection, provider(key_envelope=b"BV1", name=one))
            await providers.update(connection, provider("prov_2", name=other))
        for one, other in ((None, None), ("small", "big")):
            await models.update(connection, model(name=one or "free", alias=one))
            await models.update(connection, model("model_2", name=other or "free_2", alias=other))

    changes = await did(filled, exchange)
    await undo(filled, await read_snapshot(filled), changes)
    assert await read_snapshot(filled) == before


async def test_categories_can_pass_their_names_to_one_another(connection: AsyncConnection) -> None:
    async def swap(connection: AsyncConnection) -> None:
        await categories.update(connection, category("cat_1", name="a name between"))
        await categories.update(connection, category("cat_2", name="law"))
        await categories.update(connection, category("cat_1", name="tales"))

    await categories.add(connection, category("cat_1", name="law"))
    await categories.add(connection, category("cat_2", name="tales"))
    before = await read_snapshot(connection)
    changes = await did(connection, swap)
    await undo(connection, await read_snapshot(connection), changes)
    assert await read_snapshot(connection) == before


async def test_a_change_in_between_names_the_category(filled: AsyncConnection) -> None:
    changes = await did(filled, lambda c: categories.update(c, category(description="one")))
    await categories.update(filled, category(description="two"))
    with pytest.raises(CanNotUndo, match="The category 'cat_1' was changed again"):
        await undo(filled, await read_snapshot(filled), changes)
