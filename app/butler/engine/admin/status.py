"""`/api/v1/status` and `/api/v1/shutdown`."""

from aiohttp import web

from butler.contract.resources import Status
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import reply
from butler.engine.admin.routes import Route


class StatusResource:
    """The engine at a glance, and its end."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", "status", self._get, "The engine at a glance.", Status),
            Route(
                "POST",
                "shutdown",
                self._shut_down,
                "Finish what runs, then stop.",
                Status,
                status=202,
            ),
        ]

    async def _get(self, request: web.Request) -> web.Response:
        status = self._control.status()
        return reply(status, status.revision)

    async def _shut_down(self, request: web.Request) -> web.Response:
        self._control.ask_to_stop()
        status = self._control.status()
        return reply(status, status.revision, 202)
