"""`/api/v1/openapi.json`: the admin API described by the declarations that make it."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Literal

import orjson
from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from pydantic.json_schema import models_json_schema

from butler import __version__
from butler.contract.problems import Problems
from butler.engine.admin.exchange import NO_STORE
from butler.engine.admin.routes import ROOT, Items, Raw, Route

_REF = "#/components/schemas/{model}"
_Mode = Literal["validation", "serialization"]
_MEANINGS = {
    409: "It is in the way of what is there, or built in.",
    412: "The configuration has changed since it was read: `If-Match` names an older revision.",
    413: "The body is too large.",
    422: "It does not fit; the problems say what and where.",
    502: "The provider failed; the problems say how.",
    503: "The store can not be used.",
}


class OpenApi(BaseModel):
    """An OpenAPI 3.1 document, as far as we promise anything about it."""

    model_config = ConfigDict(extra="allow")

    openapi: str
    info: dict[str, JsonValue]
    paths: dict[str, JsonValue] = Field(default_factory=dict)


def with_document(routes: Sequence[Route]) -> list[Route]:
    """Return the routes and one more, which describes them all."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=text, content_type="application/json", headers=NO_STORE)

    route = Route("GET", "openapi.json", answer, "This document.", OpenApi)
    described = [*routes, route]
    text = orjson.dumps(document(described))
    return described


def document(routes: Sequence[Route]) -> dict[str, Any]:
    """Return the OpenAPI document of these routes."""
    schemas, components = models_json_schema(_models(routes), ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        operation = _operation(route, _Schemas(schemas))
        paths.setdefault(ROOT + route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Smart Routing Butler: admin API",
            "version": __version__,
            "description": "For the owner's own tools, on this machine. The bearer token stands "
            "in `engine.json` in the data directory.",
        },
        "security": [{"admin": []}],
        "paths": paths,
        "components": {
            "schemas": components.get("$defs", {}),
            "securitySchemes": {"admin": {"type": "http", "scheme": "bearer"}},
        },
    }


class _Schemas:
    """References to the schemas of types, as they are written and as they are read."""

    def __init__(self, found: dict[tuple[Any, _Mode], dict[str, Any]]) -> None:
        self._found = found

    def written(self, kind: type[BaseModel]) -> dict[str, Any]:
        return self._found[(kind, "validation")]

    def read(self, kind: type[BaseModel]) -> dict[str, Any]:
        return self._found[(kind, "serialization")]


def _models(routes: Sequence[Route]) -> list[tuple[type[BaseModel], _Mode]]:
    models: dict[tuple[type[BaseModel], _Mode], None] = {(Problems, "serialization"): None}
    for route in routes:
        if route.body is not None:
            models[(route.body, "validation")] = None
        match route.answer:
            case Items(of=kind):
                models[(kind, "serialization")] = None
            case Raw():
                pass
            case kind:
                models[(kind, "serialization")] = None
    return list(models)


def _operation(route: Route, schemas: _Schemas) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": HTTPStatus(route.status).phrase,
        "content": _content(route.answer, schemas),
    }
    refusal = {"application/json": {"schema": schemas.read(Problems)}}
    operation: dict[str, Any] = {
        "operationId": _operation_id(route),
        "tags": [re.split(r"[/:.]", route.path)[0]],
        "summary": route.summary,
        "parameters": [*_path_parameters(route), *_query_parameters(route), *_if_match(route)],
        "responses": {
            str(route.status): answer,
            **{
                str(status): {"description": _meaning(status), "content": refusal}
                for status in route.statuses()
            },
        },
    }
    if route.body is not None:
        content = {"application/json": {"schema": schemas.written(route.body)}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _operation_id(route: Route) -> str:
    words = re.findall(r"[a-z_]+", route.path.replace("openapi.json", "openapi"))
    return "_".join([route.method.lower(), *words]).replace("-", "_")


def _content(answer: type[BaseModel] | Items | Raw, schemas: _Schemas) -> dict[str, Any]:
    match answer:
        case Raw(media_type=usual, summary=summary, others=others):
            text = {"type": "string", "description": summary}
            return {media_type: {"schema": text} for media_type in (usual, *others)}
        case Items(of=kind):
            items = {"type": "array", "items": schemas.read(kind)}
            schema = {"type": "object", "properties": {"items": items}, "required": ["items"]}
            return {"application/json": {"schema": schema}}
        case kind:
            return {"application/json": {"schema": schemas.read(kind)}}


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"{([a-z_]+)}", route.path)
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema = route.query.model_json_schema()
    # Parameters stand alone: whatever their schemas refer to is written into them.
    definitions = schema.get("$defs", {})
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": _inlined(found, definitions),
        }
        for name, found in schema.get("properties", {}).items()
    ]


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    match schema:
        case {"$ref": str(reference), **rest}:
            return {**_inlined(definitions[reference.rpartition("/")[2]], definitions), **rest}
        case dict():
            return {key: _inlined(value, definitions) for key, value in schema.items()}
        case list():
            return [_inlined(value, definitions) for value in schema]
    return schema


def _if_match(route: Route) -> list[dict[str, Any]]:
    if not route.changes:
        return []
    summary = "The revision that the change builds on, as `ETag` gave it."
    schema = {"type": "string", "pattern": r'^("?[0-9]{1,18}"?|\*)$'}
    return [{"name": "If-Match", "in": "header", "description": summary, "schema": schema}]


def _meaning(status: int) -> str:
    return _MEANINGS.get(status, HTTPStatus(status).phrase)
