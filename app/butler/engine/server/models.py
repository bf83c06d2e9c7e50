"""`GET /v1/models` and `GET /v1/models/{id}`: what a client may ask for."""

from typing import Any
from urllib.parse import unquote

from aiohttp import web

from butler.engine.errors import ClientError
from butler.engine.routing.names import AUTO
from butler.engine.server import guard
from butler.engine.server.json_reply import json_reply
from butler.engine.server.serving import Serving

_OWNER = "smart-routing-butler"
_CREATED = 1_700_000_000
"""The shape wants a time; models have none here, and a changing one would defeat caches."""


class ModelsEndpoint:
    """Lists `auto` first, then every enabled model, and finds one by any of its names."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    async def list(self, request: web.Request) -> web.Response:
        """Answer `GET /v1/models`."""
        models = self._admit(request)
        rows = [_row(AUTO, _OWNER)]
        rows += [_row(str(model.target), model.target.provider, model.alias) for model in models]
        return json_reply({"object": "list", "data": rows})

    async def get(self, request: web.Request) -> web.Response:
        """Answer `GET /v1/models/{id}`; the id may hold slashes."""
        self._admit(request)
        name = unquote(request.match_info["model"]).rstrip("/")
        target = self._serving.runtime().names.resolve(name)
        if target is None and name.lower() != AUTO:
            raise ClientError(404, "model_not_found", "A model's id is missing.", param="model")
        return json_reply(_row(str(target), target.provider) if target else _row(AUTO, _OWNER))

    def _admit(self, request: web.Request) -> tuple[Any, ...]:
        guard.check_origin(request.headers)
        runtime = self._serving.runtime()
        guard.authenticate(request.headers, runtime.tokens)
        return runtime.names.models


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
