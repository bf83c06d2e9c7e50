"""`GET /v1/models` and `GET /v1/models/{id}`: what a client may ask for."""

from urllib.parse import unquote

from aiohttp import web

from butler.engine.call import Caller
from butler.engine.errors import ClientError
from butler.engine.permission import may_ask
from butler.engine.routing.names import AUTO, NameBook
from butler.engine.server import guard
from butler.engine.server.json_reply import json_reply
from butler.engine.server.serving import Serving

_OWNER = "smart-routing-butler"
_CREATED = 1_700_000_000
"""The shape wants a time; models have none here, and a changing one would defeat caches."""


class ModelsEndpoint:
    """Lists `auto`, then every enabled model that the token may ask for; finds one by any name."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    async def list(self, request: web.Request) -> web.Response:
        """Answer `GET /v1/models`."""
        caller, names = self._admit(request)
        rows = [_row(AUTO, _OWNER)] if may_ask(caller, None) else []
        rows += [
            _row(str(model.target), model.target.provider, model.alias)
            for model in names.models
            if may_ask(caller, model.target)
        ]
        return json_reply({"object": "list", "data": rows})

    async def get(self, request: web.Request) -> web.Response:
        """Answer `GET /v1/models/{id}`; the id may hold slashes."""
        caller, names = self._admit(request)
        name = unquote(request.match_info["model"]).rstrip("/")
        target = names.resolve(name)
        if target is None and name.lower() != AUTO:
            raise ClientError(404, "model_not_found", "A model's id is missing.", param="model")
        guard.check_model(caller, target)
        return json_reply(_row(str(target), target.provider) if target else _row(AUTO, _OWNER))

    def _admit(self, request: web.Request) -> tuple[Caller, NameBook]:
        runtime = self._serving.runtime()
        return guard.admit(request, runtime, self._serving.failed_tokens), runtime.names


def _row(id_: str, owner: str, alias: str | None = None) -> dict[str, object]:
    row: dict[str, object] = {
        "id": id_,
        "object": "model",
        "created": _CREATED,
        "owned_by": owner,
    }
    if alias:
        row["alias"] = alias
    return row
