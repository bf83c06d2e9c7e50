"""JSON replies."""

from collections.abc import Mapping

import orjson
from aiohttp import web


def json_reply(
    data: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Return a JSON response."""
    return web.Response(
        body=orjson.dumps(data), status=status, headers=headers, content_type="application/json"
    )
