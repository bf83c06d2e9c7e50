"""Google's `GET /v1beta/models` and `/v1beta/models/{id}`: what a client may ask for.

Newer clients of Google's ask at `/v1`, where OpenAI's and Anthropic's do, too: those are told by
the header that names their library. Limits are said only where they are known: for `auto` there
are none that hold for every model.

Source: Gemini API reference, "Models".
"""

from urllib.parse import unquote

from aiohttp import web

from butler.engine.call import Caller, ModelFacts, Target
from butler.engine.errors import ClientError
from butler.engine.facts import NO_FACTS
from butler.engine.permission import may_ask
from butler.engine.routing.names import AUTO
from butler.engine.server import guard
from butler.engine.server.json_reply import json_reply
from butler.engine.server.serving import Serving, ServingRuntime

_METHODS = ("generateContent", "countTokens")
_VERSION = "1"
_HEADERS = ("x-goog-api-client", "x-goog-api-key")

Row = dict[str, object]


def is_googles(request: web.Request) -> bool:
    """Say whether one of Google's clients asks."""
    return any(name in request.headers for name in _HEADERS)


class GeminiModelsEndpoint:
    """Lists `auto`, then every enabled model that the token may ask for; finds one by any name."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    async def list(self, request: web.Request) -> web.Response:
        """Answer with all models at once: the page that was asked for is the only one."""
        caller, runtime = self._admit(request)
        rows = [_row(AUTO, NO_FACTS)] if may_ask(caller, None) else []
        rows += [
            _row(str(model.target), runtime.facts(model.target), model.alias)
            for model in runtime.names.models
            if may_ask(caller, model.target)
        ]
        return json_reply({"models": rows})

    async def get(self, request: web.Request) -> web.Response:
        """Answer with one model; the id may hold slashes."""
        caller, runtime = self._admit(request)
        name = unquote(request.match_info["model"]).strip().strip("/").removeprefix("models/")
        if not name:
            raise ClientError(404, "model_not_found", "A model's id is missing.", param="model")
        target: Target | None = runtime.names.resolve(name)
        guard.check_model(caller, target)
        if target is None:
            return json_reply(_row(AUTO, NO_FACTS))
        return json_reply(_row(str(target), runtime.facts(target)))

    def _admit(self, request: web.Request) -> tuple[Caller, ServingRuntime]:
        runtime = self._serving.runtime()
        return guard.admit(request, runtime, self._serving.failed_tokens), runtime


def _row(id_: str, facts: ModelFacts, alias: str | None = None) -> Row:
    known = {
        "inputTokenLimit": facts.context_tokens,
        "outputTokenLimit": facts.output_tokens,
        "thinking": facts.thinking,
    }
    return {
        "name": f"models/{id_}",
        "version": _VERSION,
        "displayName": alias or id_,
        **{name: value for name, value in known.items() if value is not None},
        "supportedGenerationMethods": _METHODS,
    }
