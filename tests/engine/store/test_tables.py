"""The tables refuse what must not be stored, and have an index for every frequent question."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import models, providers, rules, tokens
from butler.engine.store.tables import requests, rule_targets
from butler.engine.store.targets import StoredTarget
from tests.engine.store.records import NOON, model, provider, rule, token


@pytest.mark.parametrize("priority", [-1, 1001])
async def test_a_priority_lies_between_0_and_1000(
    connection: AsyncConnection, priority: int
) -> None:
    with pytest.raises(IntegrityError):
        await rules.add(connection, rule(priority=priority))


async def test_a_model_belongs_to_a_provider(connection: AsyncConnection) -> None:
    with pytest.raises(IntegrityError):
        await models.add(connection, model(provider_id="nobody"))


async def test_a_target_belongs_to_a_rule(connection: AsyncConnection) -> None:
    row = {"rule_id": "nobody", "position": 0, "model_id": None, "label": "a/b"}
    with pytest.raises(IntegrityError):
        await connection.execute(insert(rule_targets), [row])


async def test_a_target_may_not_name_a_model_that_never_was(connection: AsyncConnection) -> None:
    with pytest.raises(IntegrityError):
        await rules.add(connection, rule(targets=(StoredTarget("nobody", "a/b"),)))


async def test_a_provider_has_each_model_once(connection: AsyncConnection) -> None:
    await providers.add(connection, provider("prov_1"))
    await providers.add(connection, provider("prov_2"))
    await models.add(connection, model("model_1", name="same"))
    await models.add(connection, model("model_2", name="same", provider_id="prov_2"))
    with pytest.raises(IntegrityError):
        await models.add(connection, model("model_3", name="same"))


async def test_an_alias_is_given_once(connection: AsyncConnection) -> None:
    await providers.add(connection, provider())
    await models.add(connection, model("model_1", alias=None))
    await models.add(connection, model("model_2", alias=None))
    await models.add(connection, model("model_3", alias="fast"))
    with pytest.raises(IntegrityError):
        await models.add(connection, model("model_4", alias="fast"))


async def test_two_tokens_never_share_a_hash(connection: AsyncConnection) -> None:
    await tokens.add(connection, token("token_1", hash=b"h" * 32))
    with pytest.raises(IntegrityError):
        await tokens.add(connection, token("token_2", hash=b"h" * 32))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("query", "index"),
    [
        (select(requests).order_by(requests.c.started_at.desc(), requests.c.id.desc()), "newest"),
        (select(requests).where(requests.c.started_at < NOON), "newest"),
        (
            select(requests).where(requests.c.target == "a/b").order_by(requests.c.started_at),
            "target",
        ),
        (
            select(requests).where(requests.c.rule_id == "r").order_by(requests.c.started_at),
            "rule",
        ),
    ],
)
async def test_frequent_questions_have_an_index(
    connection: AsyncConnection, query: object, index: str
) -> None:
    compiled = query.compile(connection.engine.sync_engine)
    values = tuple(
        compiled._bind_processors.get(name, lambda value: value)(value)
        for name, value in compiled.params.items()
    )
    plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)
    steps = [row.detail for row in plan]
    assert len(steps) == 1
    assert f"ix_requests_{index}" in steps[0]
