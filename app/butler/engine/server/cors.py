"""Tools that run in a browser: their pages may use the endpoint where the owner has listed them.

Without a list, which is the default, no page of another origin may. Source: the Fetch standard,
section 3.2 (the CORS protocol).
"""

import re
from collections.abc import Callable, Collection

from aiohttp import web

from butler.engine.server.guard import check_origin
from butler.engine.server.serving import ServingRuntime

_HEADER_NAMES = re.compile(r"[A-Za-z0-9_, -]{1,2000}")
_PREFLIGHT_AGE_S = 600


def allow_origins(app: web.Application, runtime: Callable[[], ServingRuntime]) -> None:
    """Let pages of the listed origins read what this application answers."""

    async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
        origin = request.headers.get("Origin")
        if origin is not None and is_listed(origin, runtime().allowed_origins):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "*"
            response.headers.add("Vary", "Origin")

    app.on_response_prepare.append(add_headers)


def is_listed(origin: str, allowed: Collection[str]) -> bool:
    """Say whether the owner has listed an origin."""
    return bool(allowed) and origin.lower() in allowed


def preflight(request: web.Request, runtime: ServingRuntime) -> web.Response | None:
    """Answer a browser that asks what a page may send; None where this is no such question.

    Raises ClientError (403) for a page that may send nothing.
    """
    origin = request.headers.get("Origin")
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    if origin is None or not is_listed(origin, runtime.allowed_origins):
        return None
    check_origin(request.headers, runtime.allowed_hosts, runtime.allowed_origins)
    headers = {
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Max-Age": str(_PREFLIGHT_AGE_S),
    }
    asked = request.headers.get("Access-Control-Request-Headers", "")
    if _HEADER_NAMES.fullmatch(asked):
        headers["Access-Control-Allow-Headers"] = asked
    if "Access-Control-Request-Private-Network" in request.headers:
        headers["Access-Control-Allow-Private-Network"] = "true"
    return web.Response(status=204, headers=headers)
