"""`GET /v1/models` and `GET /v1/models/{id}`: what a client may ask for.

Each row is a model in OpenAI's words and in Anthropic's at once; either's clients read their own.
Limits are said only where they are known: for `auto` there are none that hold for every model.
"""

from urllib.parse import unquote

from aiohttp import web

from butler.engine.call import Caller, Target
from butler.engine.errors import ClientError
from butler.engine.permission import may_ask
from butler.engine.routing.names import AUTO
from butler.engine.server import guard
from butler.engine.server.gemini_models import GeminiModelsEndpoint, is_googles
from butler.engine.server.json_reply import json_reply
from butler.engine.server.serving import Serving, ServingRuntime

_OWNER = "smart-routing-butler"
_CREATED = 1_700_000_000
_CREATED_AT = "2023-11-14T22:13:20Z"
"""The shape wants a time; models have none here, and a changing one would defeat caches."""
_CONTEXT = ("context_length", "max_model_len", "max_input_tokens")
_OUTPUT = ("max_completion_tokens", "max_tokens")
"""Under each of these names some client looks for the limits of a model."""

Row = dict[str, object]


class ModelsEndpoint:
    """Lists `auto`, then every enabled model that the token may ask for; finds one by any name."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._googles = GeminiModelsEndpoint(serving)

    async def list(self, request: web.Request) -> web.Response:
        """Answer `GET /v1/models`; Google's clients, who ask here too, in words of their own."""
        if is_googles(request):
            return await self._googles.list(request)
        caller, runtime = self._admit(request)
        rows = [_row(AUTO, _OWNER)] if may_ask(caller, None) else []
        rows += [
            _of_target(model.target, runtime, model.alias)
            for model in runtime.names.models
            if may_ask(caller, model.target)
        ]
        ids = [row["id"] for row in rows] or [None]
        paging = {"has_more": False, "first_id": ids[0], "last_id": ids[-1]}
        return json_reply({"object": "list", "data": rows, **paging})

    async def get(self, request: web.Request) -> web.Response:
        """Answer `GET /v1/models/{id}`; the id may hold slashes."""
        if is_googles(request):
            return await self._googles.get(request)
        caller, runtime = self._admit(request)
        name = unquote(request.match_info["model"]).strip().rstrip("/")
        if not name:
            raise ClientError(404, "model_not_found", "A model's id is missing.", param="model")
        target = runtime.names.resolve(name)
        guard.check_model(caller, target)
        return json_reply(_of_target(target, runtime) if target else _row(AUTO, _OWNER))

    def _admit(self, request: web.Request) -> tuple[Caller, ServingRuntime]:
        runtime = self._serving.runtime()
        return guard.admit(request, runtime, self._serving.failed_tokens), runtime


def _of_target(target: Target, runtime: ServingRuntime, alias: str | None = None) -> Row:
    facts = runtime.facts(target)
    row = _row(str(target), target.provider, alias)
    if facts.context_tokens is not None:
        row |= dict.fromkeys(_CONTEXT, facts.context_tokens)
    if facts.output_tokens is not None:
        row |= dict.fromkeys(_OUTPUT, facts.output_tokens)
    return row


def _row(id_: str, owner: str, alias: str | None = None) -> Row:
    row: Row = {
        "id": id_,
        "object": "model",
        "created": _CREATED,
        "owned_by": owner,
        "type": "model",
        "display_name": alias or id_,
        "created_at": _CREATED_AT,
    }
    if alias:
        row["alias"] = alias
    return row
