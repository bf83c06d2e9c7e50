"""The bus hands every event to every listener and waits for none."""

import asyncio

import pytest

from butler.contract.events import EventName, Resync
from butler.engine.events import QUEUE_SIZE, EventBus, Subscription

DATA = Resync(reason="test")


async def next_id(listener: Subscription) -> int:
    event = await listener.next()
    assert event is not None
    return event.id


async def test_every_listener_gets_every_event_in_order() -> None:
    bus = EventBus()
    with bus.subscribe() as one, bus.subscribe() as two:
        for _ in range(3):
            bus.publish(EventName.CALL, DATA)
        for listener in (one, two):
            assert [await next_id(listener) for _ in range(3)] == [1, 2, 3]
            assert not listener.overflowed


async def test_a_listener_that_leaves_or_comes_late_misses_what_is_not_its_own() -> None:
    bus = EventBus()
    bus.publish(EventName.CALL, DATA)
    assert (bus.last_id, bus.has_listeners) == (1, False)
    with bus.subscribe() as listener:
        assert bus.has_listeners
        bus.publish(EventName.CONFIG, DATA)
        assert await next_id(listener) == 2
    assert not bus.has_listeners
    bus.publish(EventName.CALL, DATA)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(listener.next(), 0.01)


async def test_a_slow_listener_is_told_and_holds_nobody_up() -> None:
    bus = EventBus()
    with bus.subscribe() as slow, bus.subscribe() as quick:
        for _ in range(QUEUE_SIZE):
            bus.publish(EventName.CALL, DATA)
        assert not slow.overflowed
        for _ in range(QUEUE_SIZE):
            await quick.next()
        bus.publish(EventName.CALL, DATA)
        assert (slow.overflowed, quick.overflowed) == (True, False)
        assert await next_id(quick) == QUEUE_SIZE + 1


async def test_the_end_comes_after_what_was_before_it() -> None:
    bus = EventBus()
    with bus.subscribe() as listener:
        bus.publish(EventName.CALL, DATA)
        bus.close()
        assert await next_id(listener) == 1
        assert await listener.next() is None
