"""`GET /health`: is it up, without a token, and without telling anything worth knowing."""

from aiohttp import web

from butler import __version__
from butler.engine.server import guard
from butler.engine.server.json_reply import json_reply
from butler.engine.server.serving import Serving


class HealthEndpoint:
    """Says that the engine serves, and whether it routes."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    async def get(self, request: web.Request) -> web.Response:
        """Answer `GET /health`."""
        runtime = self._serving.runtime()
        guard.check_origin(request.headers, runtime.allowed_hosts, runtime.allowed_origins)
        routing = runtime.routing_enabled
        return json_reply({"status": "ok", "version": __version__, "routing": routing})
