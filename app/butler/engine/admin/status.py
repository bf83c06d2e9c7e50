"""`/api/v1/status` and `/api/v1/shutdown`."""

from aiohttp import web

from butler.engine.admin.control import Control
from butler.engine.admin.exchange import reply


class StatusResource:
    """The engine at a glance, and its end."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/api/v1/status", self._get),
            web.post("/api/v1/shutdown", self._shut_down),
        ]

    async def _get(self, request: web.Request) -> web.Response:
        status = self._control.status()
        return reply(status, status.revision)

    async def _shut_down(self, request: web.Request) -> web.Response:
        self._control.ask_to_stop()
        status = self._control.status()
        return reply(status, status.revision, 202)
