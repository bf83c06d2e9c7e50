"""The data plane's application: routes, tolerant spellings of them, and JSON for the rest."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.base import Dialect
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.services.base import Service
from butler.engine.errors import ClientError
from butler.engine.server.body import MAX_BODY_BYTES
from butler.engine.server.chat import ChatEndpoint
from butler.engine.server.cors import allow_origins, preflight
from butler.engine.server.count_tokens import CountTokensEndpoint
from butler.engine.server.gemini_models import GeminiModelsEndpoint
from butler.engine.server.generate_content import GenerateContentEndpoint
from butler.engine.server.health import HealthEndpoint
from butler.engine.server.models import ModelsEndpoint
from butler.engine.server.service import ServiceEndpoint
from butler.engine.server.serving import Serving, ServingRuntime

_log = logging.getLogger(__name__)
_PREFIXES = ("/v1", "", "/v1/v1", "//v1", "/v1/", "/")
"""Base URLs are pasted with and without `/v1` or a slash, and tools add either once more."""
_GOOGLES = ("/v1beta", "//v1beta", "/v1beta/v1beta", "/v1/v1beta", "/v1alpha")
_USUAL: Dialect = OpenAIChat()
_BY_PATH: tuple[tuple[str, Dialect], ...] = (
    ("/messages", AnthropicMessages()),
    *((words, Gemini()) for words in ("/v1beta", "/v1alpha", "enerateContent", ":countTokens")),
)
"""In whose words a path refuses what never became a call."""
_RUNTIME: web.AppKey[Callable[[], ServingRuntime]] = web.AppKey("runtime")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def data_plane(serving: Serving, services: Sequence[Service] = ()) -> web.Application:
    """Build the application that AI tools talk to; `services` stand beside conversations."""
    app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[_errors_as_json])
    models = ModelsEndpoint(serving)
    spoken = serving.dialects
    chat = ChatEndpoint(serving, "chat_completions", spoken["openai_chat"])
    completions = ChatEndpoint(serving, "completions", spoken["openai_completions"])
    messages = ChatEndpoint(serving, "messages", spoken["anthropic_messages"])
    responses = ChatEndpoint(serving, "responses", spoken["openai_responses"])
    count = CountTokensEndpoint(serving)
    for prefix in _PREFIXES:
        for end in ("", "/"):
            app.router.add_post(f"{prefix}/chat/completions{end}", chat.complete)
            app.router.add_post(f"{prefix}/completions{end}", completions.complete)
            app.router.add_post(f"{prefix}/messages{end}", messages.complete)
            app.router.add_post(f"{prefix}/responses{end}", responses.complete)
            app.router.add_post(f"{prefix}/messages/count_tokens{end}", count.count)
            app.router.add_get(f"{prefix}/models{end}", models.list)
        app.router.add_get(f"{prefix}/models/{{model:.+}}", models.get)
    _add_services(app, serving, services)
    _add_googles(app, serving)
    for path in ("/health", "/health/"):
        app.router.add_get(path, HealthEndpoint(serving).get)
    app[_RUNTIME] = serving.runtime
    allow_origins(app, serving.runtime)
    return app


def _add_services(app: web.Application, serving: Serving, services: Sequence[Service]) -> None:
    for service in services:
        endpoint = ServiceEndpoint(serving, service)
        for prefix in _PREFIXES:
            for end in ("", "/"):
                app.router.add_post(f"{prefix}{service.path}{end}", endpoint.serve)


def _add_googles(app: web.Application, serving: Serving) -> None:
    """Add the addresses of Google's clients, which name the model in the path."""
    generate, models = GenerateContentEndpoint(serving), GeminiModelsEndpoint(serving)
    for prefix in (*_GOOGLES, "/v1"):
        app.router.add_post(f"{prefix}/models/{{call:.+}}", generate.ask)
    for prefix in _GOOGLES:
        app.router.add_get(f"{prefix}/models", models.list)
        app.router.add_get(f"{prefix}/models/{{model:.+}}", models.get)


@web.middleware
async def _errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ClientError as error:
        return error_reply(error, request.path)
    except web.HTTPException as error:
        return _no_endpoint(request, error)
    except ConnectionError:
        raise
    except Exception:  # noqa: BLE001 - the border: a bug must answer too
        _log.exception("a request failed")
        return error_reply(
            ClientError(500, "internal_error", "The butler failed.", type_="server_error"),
            request.path,
        )


def error_reply(error: ClientError, path: str) -> web.Response:
    """Return an error in the shape that the clients of a path read."""
    dialect = next((it for name, it in _BY_PATH if name in path), _USUAL)
    return web.Response(
        body=dialect.error_body(error.message, error.type, error.code, error.param),
        status=error.status,
        content_type="application/json",
        headers=error.headers,
    )


def _no_endpoint(request: web.Request, error: web.HTTPException) -> web.Response:
    """Answer what no endpoint takes: a browser's question before a request, or a mistake."""
    try:
        allowed = preflight(request, request.app[_RUNTIME]())
    except ClientError as refusal:
        return error_reply(refusal, request.path)
    if allowed is not None:
        return allowed
    reply = error_reply(_http_error(request, error), request.path)
    if isinstance(error, web.HTTPMethodNotAllowed):
        reply.headers["Allow"] = ", ".join(sorted(error.allowed_methods))
    return reply


def _http_error(request: web.Request, error: web.HTTPException) -> ClientError:
    path = request.path[:200]
    match error.status:
        case 404:
            return ClientError(404, "not_found", f"There is nothing at {request.method} {path}.")
        case 405 if request.headers.get("Upgrade", "").lower() == "websocket":
            # By this status clients know at once that they must ask without one.
            return ClientError(
                426, "websocket_unsupported", f"{path} takes no WebSocket: send it a POST instead."
            )
        case 405:
            return ClientError(
                405, "method_not_allowed", f"{path} does not answer {request.method}."
            )
        case _:
            return ClientError(error.status, "http_error", f"{error.reason}.")
