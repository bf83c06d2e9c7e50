"""Providers: stored whole, changed whole, and gone with their models."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import models, providers
from tests.engine.store.records import NOON, model, provider

FULL = provider(
    name="openai",
    key_envelope=b"BV1\x00\xff",
    options={"headers": {"x-org": "über"}, "timeout": 1.5},
    enabled=False,
    position=3,
    updated_at=NOON + timedelta(microseconds=1),
)


async def test_a_provider_comes_back_as_it_was(connection: AsyncConnection) -> None:
    await providers.add(connection, FULL)
    assert await providers.get(connection, FULL.id) == FULL
    assert await providers.get(connection, "nobody") is None


async def test_providers_stand_in_their_order(connection: AsyncConnection) -> None:
    for id_, position in (("prov_a", 2), ("prov_b", 1), ("prov_c", 1)):
        await providers.add(connection, provider(id_, position=position))
    found = await providers.list_all(connection)
    assert [record.id for record in found] == ["prov_b", "prov_c", "prov_a"]


async def test_an_update_touches_one_provider(connection: AsyncConnection) -> None:
    await providers.add(connection, FULL)
    await providers.add(connection, provider("prov_2"))
    changed = replace(FULL, name="renamed", key_envelope=None, options={})
    assert await providers.update(connection, changed)
    assert await providers.get(connection, FULL.id) == changed
    assert await providers.get(connection, "prov_2") == provider("prov_2")
    assert not await providers.update(connection, provider("nobody"))


async def test_a_deleted_provider_takes_its_models_along(connection: AsyncConnection) -> None:
    await providers.add(connection, provider("prov_1"))
    await providers.add(connection, provider("prov_2"))
    await models.add(connection, model("model_1"))
    await models.add(connection, model("model_2", provider_id="prov_2"))
    assert await providers.delete(connection, "prov_1")
    assert [record.id for record in await models.list_all(connection)] == ["model_2"]
    assert not await providers.delete(connection, "prov_1")
