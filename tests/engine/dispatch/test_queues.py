"""Places at a provider: only so many at once, by turns, and never lost."""

import asyncio

import pytest

from butler.engine.dispatch.queues import Place, Queues
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.base import Connection


def shop(limit: object = 2) -> Connection:
    return Connection(
        "shop", "openai_compatible", "http://localhost:1", None, {"max_concurrent": limit}
    )


async def enter(queues: Queues, limit: object = 2, wait_ms: int = 1000) -> Place | None:
    return await queues.enter(shop(limit), wait_ms)


@pytest.mark.parametrize("limit", [None, 0, -1, "2", 1.5])
async def test_any_number_where_nobody_says(limit: object) -> None:
    assert await enter(Queues(), limit) is None


async def test_who_finds_no_place_in_time_is_told_when_to_come_back() -> None:
    queues = Queues()
    places = [await enter(queues), await enter(queues)]
    with pytest.raises(UpstreamError, match="answering 2 calls already") as caught:
        await enter(queues, wait_ms=20)
    assert (caught.value.kind, caught.value.status) == (FailureKind.BUSY, 429)
    assert caught.value.retry_after == "1"
    for place in places:
        assert place is not None
        place.leave()
    assert await enter(queues, wait_ms=20)


async def test_they_come_in_by_their_turn() -> None:
    queues, order = Queues(), list[int]()

    async def visit(number: int) -> None:
        place = await enter(queues, 1)
        order.append(number)
        await asyncio.sleep(0.005)
        assert place is not None
        place.leave()
        place.leave()

    await asyncio.gather(*(visit(number) for number in range(6)))
    assert order == list(range(6))


async def test_who_gives_up_loses_no_place() -> None:
    queues = Queues()
    inside = await enter(queues, 1)
    waiting = [asyncio.create_task(enter(queues, 1)) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    assert inside is not None
    inside.leave()
    # Handed over and cancelled in the same moment: it goes on to the third.
    waiting[1].cancel()
    assert await asyncio.wait_for(waiting[2], 1) is not None
    with pytest.raises(UpstreamError):
        await enter(queues, 1, wait_ms=10)


async def test_a_wider_limit_holds_from_the_next_call() -> None:
    queues = Queues()
    assert await enter(queues, 1)
    assert await enter(queues, 2, wait_ms=10)
