"""`/api/v1/events`: a snapshot first, then every change as it happens."""

import asyncio

from aiohttp import web
from pydantic import BaseModel

from butler.contract.events import EventName, Resync, Snapshot
from butler.engine.admin.control import Control, call_row
from butler.engine.admin.routes import Raw, Route
from butler.engine.events import Subscription
from butler.engine.store import requests

_LATEST_CALLS = 50
_HEARTBEAT_S = 15.0
_LOOK_EVERY_S = 0.5


class EventsResource:
    """The event stream."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        answer = Raw("text/event-stream", "A `snapshot`, then `call` and `config` as they happen.")
        return [Route("GET", "events", self._stream, "What happens, while it happens.", answer)]

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        # Subscribed before the snapshot is read: what happens in between comes twice, never not.
        with self._control.bus.subscribe() as subscription:
            start_id = self._control.bus.last_id
            snapshot = await self._snapshot()
            await response.prepare(request)
            await response.write(_event(start_id, EventName.SNAPSHOT, snapshot))
            await self._follow(request, response, subscription)
        return response

    async def _snapshot(self) -> Snapshot:
        async with self._control.database.connect() as connection:
            page = await requests.page(connection, None, _LATEST_CALLS)
        return Snapshot(status=self._control.status(), calls=[call_row(row) for row in page])

    async def _follow(
        self, request: web.Request, response: web.StreamResponse, subscription: Subscription
    ) -> None:
        quiet_s = 0.0
        while not subscription.overflowed:
            try:
                event = await asyncio.wait_for(subscription.next(), _LOOK_EVERY_S)
            except TimeoutError:
                # Handlers of this plane are not cancelled, so a reader that left is looked for.
                if request.transport is None or request.transport.is_closing():
                    return
                quiet_s += _LOOK_EVERY_S
                if quiet_s >= _HEARTBEAT_S:
                    await response.write(b": still here\n\n")
                    quiet_s = 0.0
                continue
            if event is None:
                return
            await response.write(_event(event.id, event.name, event.data))
        resync = Resync(reason="The reader was too slow; some events are lost.")
        await response.write(_event(self._control.bus.last_id, EventName.RESYNC, resync))


def _event(id_: int, name: EventName, data: BaseModel) -> bytes:
    return f"id: {id_}\nevent: {name.value}\ndata: {data.model_dump_json()}\n\n".encode()
