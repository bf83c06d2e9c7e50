"""The data plane's application: routes, tolerant spellings of them, and JSON for the rest."""

import logging
from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web

from butler.engine.errors import ClientError
from butler.engine.server.body import MAX_BODY_BYTES
from butler.engine.server.chat import ChatEndpoint
from butler.engine.server.health import HealthEndpoint
from butler.engine.server.models import ModelsEndpoint
from butler.engine.server.serving import Serving

_log = logging.getLogger(__name__)
_PREFIXES = ("/v1", "", "/v1/v1")
"""Base URLs are pasted with and without `/v1`, and tools add it once more."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def data_plane(serving: Serving) -> web.Application:
    """Build the application that AI tools talk to."""
    app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[_errors_as_json])
    chat, models = ChatEndpoint(serving), ModelsEndpoint(serving)
    for prefix in _PREFIXES:
        for end in ("", "/"):
            app.router.add_post(f"{prefix}/chat/completions{end}", chat.complete)
            app.router.add_get(f"{prefix}/models{end}", models.list)
        app.router.add_get(f"{prefix}/models/{{model:.+}}", models.get)
    app.router.add_get("/health", HealthEndpoint(serving).get)
    return app


@web.middleware
async def _errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ClientError as error:
        return error_reply(error)
    except web.HTTPException as error:
        return error_reply(_http_error(request, error))
    except ConnectionError:
        raise
    except Exception:  # noqa: BLE001 - the border: a bug must answer too
        _log.exception("a request failed")
        return error_reply(
            ClientError(500, "internal_error", "The butler failed.", type_="server_error")
        )


def error_reply(error: ClientError) -> web.Response:
    """Return an error in the shape that OpenAI's clients read."""
    body = {
        "error": {
            "message": error.message,
            "type": error.type,
            "param": error.param,
            "code": error.code,
        }
    }
    return web.Response(
        body=orjson.dumps(body),
        status=error.status,
        content_type="application/json",
        headers=error.headers,
    )


def _http_error(request: web.Request, error: web.HTTPException) -> ClientError:
    path = request.path[:200]
    match error.status:
        case 404:
            return ClientError(404, "not_found", f"There is nothing at {request.method} {path}.")
        case 405:
            return ClientError(
                405, "method_not_allowed", f"{path} does not answer {request.method}."
            )
        case _:
            return ClientError(error.status, "http_error", f"{error.reason}.")
