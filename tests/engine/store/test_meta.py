"""Facts about the database: its revision, and the vault's id and check."""

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import meta
from butler.engine.store.meta import StaleRevision


async def test_a_fact_is_written_and_replaced(connection: AsyncConnection) -> None:
    assert await meta.get(connection, "colour") is None
    await meta.put(connection, "colour", "red")
    await meta.put(connection, "colour", "blue")
    assert await meta.get(connection, "colour") == "blue"


async def test_every_change_counts(connection: AsyncConnection) -> None:
    assert await meta.revision(connection) == 0
    assert await meta.bump_revision(connection, None) == 1
    assert await meta.bump_revision(connection, 1) == 2
    assert await meta.revision(connection) == 2


@pytest.mark.parametrize("expected", [0, 2, -1])
async def test_a_change_to_an_older_revision_is_refused(
    connection: AsyncConnection, expected: int
) -> None:
    await meta.bump_revision(connection, 0)
    with pytest.raises(StaleRevision, match=f"revision 1, not {expected}") as caught:
        await meta.bump_revision(connection, expected)
    assert (caught.value.expected, caught.value.actual) == (expected, 1)
    assert await meta.revision(connection) == 1


async def test_the_vault_keeps_its_id(connection: AsyncConnection) -> None:
    vault_id = await meta.ensure_vault_id(connection)
    assert vault_id.startswith("vault_")
    assert await meta.ensure_vault_id(connection) == vault_id


async def test_the_vault_check_comes_back(connection: AsyncConnection) -> None:
    assert await meta.vault_check(connection) is None
    check = b"BV1" + bytes(range(256))
    await meta.put_vault_check(connection, check)
    assert await meta.vault_check(connection) == check
