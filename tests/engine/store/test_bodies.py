"""Sealed words: kept, read, forgotten one by one, by age, and all of them."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import bodies
from butler.engine.store.bodies import BodyRecord, vault_record
from tests.engine.store.records import NOON


def body(number: int) -> BodyRecord:
    return BodyRecord(
        request_id=f"req_{number}",
        started_at=NOON + timedelta(days=number),
        envelope=bytes(range(256)),
    )


async def test_they_come_back_as_they_were(connection: AsyncConnection) -> None:
    await bodies.add_many(connection, [body(1), body(2)])
    assert await bodies.get(connection, "req_1") == body(1)
    assert await bodies.get(connection, "req_3") is None


async def test_one_is_forgotten(connection: AsyncConnection) -> None:
    await bodies.add_many(connection, [body(1), body(2)])
    assert await bodies.delete(connection, "req_1")
    assert not await bodies.delete(connection, "req_1")
    assert await bodies.get(connection, "req_1") is None
    assert await bodies.get(connection, "req_2") == body(2)


async def test_old_ones_and_then_all_go_in_portions(connection: AsyncConnection) -> None:
    await bodies.add_many(connection, [body(number) for number in range(7)])
    before = NOON + timedelta(days=3)
    assert [await bodies.delete_some(connection, 2, before) for _ in range(3)] == [2, 1, 0]
    assert await bodies.get(connection, "req_3") == body(3)
    assert [await bodies.delete_some(connection, 3) for _ in range(3)] == [3, 1, 0]


def test_an_envelope_belongs_to_its_call() -> None:
    assert vault_record("req_1") != vault_record("req_2")
