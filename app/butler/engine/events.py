"""The event bus: what changed, to everyone who listens, without ever waiting for a listener."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import BaseModel

from butler.contract.events import EventName

QUEUE_SIZE = 256


@dataclass(frozen=True, slots=True)
class Event:
    """One event with its place in the sequence."""

    id: int
    name: EventName
    data: BaseModel


class Subscription:
    """One listener's bounded queue; a listener that is too slow is told to start over."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue(QUEUE_SIZE)
        self.overflowed = False

    def offer(self, event: Event | None) -> None:
        """Queue an event (None: there will be no more), or note that one was lost."""
        try:
            self._queue.put_nowait(event)
        except asyncio.QueueFull:
            self.overflowed = True

    async def next(self) -> Event | None:
        """Wait for the next event; None is the end."""
        return await self._queue.get()


class EventBus:
    """Hands every event to every subscription."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self.last_id = 0

    @property
    def has_listeners(self) -> bool:
        """Say whether anybody would read an event."""
        return bool(self._subscriptions)

    def publish(self, name: EventName, data: BaseModel) -> None:
        """Send an event to all listeners; never waits."""
        self.last_id += 1
        event = Event(self.last_id, name, data)
        for subscription in self._subscriptions:
            subscription.offer(event)

    def close(self) -> None:
        """Tell all listeners that there will be no more."""
        for subscription in self._subscriptions:
            subscription.offer(None)

    @contextmanager
    def subscribe(self) -> Iterator[Subscription]:
        """Listen for as long as the block lasts."""
        subscription = Subscription()
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)
