"""The data plane's application: routes, tolerant spellings of them, and JSON for the rest."""

import logging
from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web

from butler.engine.errors import ClientError
from butler.engine.server.body import MAX_BODY_BYTES
from butler.engine.server.chat import ChatEndpoint
from butler.engine.server.cors import allow_origins, preflight
from butler.engine.server.health import HealthEndpoint
from butler.engine.server.models import ModelsEndpoint
from butler.engine.server.serving import Serving, ServingRuntime

_log = logging.getLogger(__name__)
_PREFIXES = ("/v1", "", "/v1/v1", "//v1", "/v1/", "/")
"""Base URLs are pasted with and without `/v1` or a slash, and tools add either once more."""
_RUNTIME: web.AppKey[Callable[[], ServingRuntime]] = web.AppKey("runtime")

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
    for path in ("/health", "/health/"):
        app.router.add_get(path, HealthEndpoint(serving).get)
    app[_RUNTIME] = serving.runtime
    allow_origins(app, serving.runtime)
    return app


@web.middleware
async def _errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ClientError as error:
        return error_reply(error)
    except web.HTTPException as error:
        return _no_endpoint(request, error)
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


def _no_endpoint(request: web.Request, error: web.HTTPException) -> web.Response:
    """Answer what no endpoint takes: a browser's question before a request, or a mistake."""
    try:
        allowed = preflight(request, request.app[_RUNTIME]())
    except ClientError as refusal:
        return error_reply(refusal)
    if allowed is not None:
        return allowed
    reply = error_reply(_http_error(request, error))
    if isinstance(error, web.HTTPMethodNotAllowed):
        reply.headers["Allow"] = ", ".join(sorted(error.allowed_methods))
    return reply


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
