"""Models: in the order of their providers, and then in their own."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import models, providers
from tests.engine.store.records import model, provider


async def test_a_model_comes_back_as_it_was(connection: AsyncConnection) -> None:
    await providers.add(connection, provider())
    full = model(name="meta-llama/llama-3:free", alias="llama", enabled=False, position=7)
    await models.add(connection, full)
    assert await models.get(connection, full.id) == full
    assert await models.get(connection, "nobody") is None


async def test_models_stand_in_the_order_of_their_providers(connection: AsyncConnection) -> None:
    await providers.add(connection, provider("prov_1", position=1))
    await providers.add(connection, provider("prov_2", position=0))
    await models.add(connection, model("model_1", position=1))
    await models.add(connection, model("model_2", position=0))
    await models.add(connection, model("model_3", provider_id="prov_2", position=9))
    everything = await models.list_all(connection)
    assert [record.id for record in everything] == ["model_3", "model_2", "model_1"]
    own = await models.list_all(connection, "prov_1")
    assert [record.id for record in own] == ["model_2", "model_1"]


async def test_a_model_is_changed_and_deleted(connection: AsyncConnection) -> None:
    await providers.add(connection, provider())
    await models.add(connection, model())
    changed = replace(model(), name="other", alias="short")
    assert await models.update(connection, changed)
    assert await models.list_all(connection) == (changed,)
    assert await models.delete(connection, changed.id)
    assert not await models.delete(connection, changed.id)
    assert not await models.update(connection, changed)
