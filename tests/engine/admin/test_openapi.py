"""The OpenAPI document: every route is in it, with what goes in and what comes out."""

from typing import Any

from butler import __version__
from tests.e2e.house import House


async def _document(house: House) -> dict[str, Any]:
    got = await house.admin("GET", "openapi.json")
    assert (got.status, got.headers["Content-Type"]) == (200, "application/json")
    found: dict[str, Any] = got.json
    return found


async def test_every_route_is_described(house: House) -> None:
    document = await _document(house)
    described = {
        (method.upper(), path) for path, item in document["paths"].items() for method in item
    }
    registered = {
        (route.method, route.resource.canonical)
        for runner in house.engine._runners
        for route in runner.app.router.routes()
        if route.resource is not None
        and route.method != "HEAD"
        and route.resource.canonical.startswith("/api/v1/")
    }
    assert described == registered
    assert (document["openapi"], document["info"]["version"]) == ("3.1.0", __version__)


async def test_operations_have_their_own_names(house: House) -> None:
    document = await _document(house)
    ids = [found["operationId"] for item in document["paths"].values() for found in item.values()]
    assert len(set(ids)) == len(ids)
    assert all(found["summary"] for item in document["paths"].values() for found in item.values())


async def test_what_goes_in_and_what_comes_out(house: House) -> None:
    document = await _document(house)
    schemas = document["components"]["schemas"]
    change = document["paths"]["/api/v1/rules/{id}"]["patch"]
    body = change["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    assert "priority" in schemas[body.rpartition("/")[2]]["properties"]
    assert {"200", "401", "403", "404", "409", "412", "413", "422", "503"} == set(
        change["responses"]
    )
    assert [found["name"] for found in change["parameters"]] == ["id", "If-Match"]
    stream = document["paths"]["/api/v1/events"]["get"]["responses"]["200"]
    assert list(stream["content"]) == ["text/event-stream"]
    export = document["paths"]["/api/v1/requests/export"]["get"]["responses"]["200"]
    assert list(export["content"]) == ["text/csv", "application/jsonl"]
