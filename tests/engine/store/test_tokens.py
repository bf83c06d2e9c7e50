"""Client tokens: found while in use, and their name free again afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import tokens
from tests.engine.store.records import NOON, token

LATER = NOON + timedelta(days=1)


async def test_a_token_comes_back_as_it_was(connection: AsyncConnection) -> None:
    full = token(hash=bytes(range(32)), copy_envelope=b"BV1\x00")
    await tokens.add(connection, full)
    assert await tokens.get(connection, full.id) == full
    assert await tokens.get(connection, "nobody") is None


async def test_tokens_in_use_stand_oldest_first(connection: AsyncConnection) -> None:
    await tokens.add(connection, token("token_1", created_at=LATER))
    await tokens.add(connection, token("token_2"))
    await tokens.add(connection, token("token_3", revoked_at=LATER))
    in_use = await tokens.list_all(connection)
    assert [record.id for record in in_use] == ["token_2", "token_1"]
    everything = await tokens.list_all(connection, revoked=True)
    assert [record.id for record in everything] == ["token_2", "token_3", "token_1"]


async def test_a_revoked_token_loses_its_copy_and_frees_its_name(
    connection: AsyncConnection,
) -> None:
    first = token("token_1", name="laptop", copy_envelope=b"BV1")
    await tokens.add(connection, first)
    assert await tokens.revoke(connection, first.id, LATER)
    assert not await tokens.revoke(connection, first.id, LATER + timedelta(days=1))
    assert await tokens.get(connection, first.id) == replace(
        first, copy_envelope=None, revoked_at=LATER
    )
    await tokens.add(connection, token("token_2", name="laptop"))
    with pytest.raises(IntegrityError):
        await tokens.add(connection, token("token_3", name="laptop"))


async def test_a_token_is_changed_and_deleted(connection: AsyncConnection) -> None:
    await tokens.add(connection, token())
    changed = replace(token(), name="renamed")
    assert await tokens.update(connection, changed)
    assert await tokens.list_all(connection) == (changed,)
    assert await tokens.delete(connection, changed.id)
    assert not await tokens.delete(connection, changed.id)
    assert not await tokens.update(connection, changed)
