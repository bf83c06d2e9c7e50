"""Routes: a handler reads what its route declares, and the statuses follow from the rest."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from pydantic import BaseModel, ConfigDict

from butler.contract.resources import Status
from butler.engine.admin.exchange import read, read_query
from butler.engine.admin.routes import Route
from butler.engine.errors import ConfigError


class Declared(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: int = 5
    layer: list[str] = []


class Other(BaseModel):
    pass


async def answer(request: web.Request) -> web.Response:
    found = read_query(request, Declared)
    return web.Response(text=f"{found.limit} {found.layer}")


async def misread(request: web.Request) -> web.Response:
    await read(request, Other)
    return web.Response()


async def test_a_query_is_read_as_it_is_declared() -> None:
    route = Route("GET", "things", answer, "Things.", Status, query=Declared)
    got = await route.answered(make_mocked_request("GET", "/?limit=7&layer=rules&layer=pin"))
    assert isinstance(got, web.Response)
    assert got.text == "7 ['rules', 'pin']"
    for query, field in (("limit=x", "limit"), ("lmit=3", "lmit")):
        with pytest.raises(ConfigError) as refused:
            await route.answered(make_mocked_request("GET", "/?" + query))
        assert refused.value.problems[0].field == field


async def test_to_read_what_is_not_declared_is_a_bug() -> None:
    for body in (None, Declared):
        with pytest.raises(RuntimeError, match="does not declare Other"):
            route = Route("POST", "things", misread, "Things.", Status, body)
            await route.answered(make_mocked_request("POST", "/"))


def test_statuses() -> None:
    assert Route("GET", "things", answer, "Things.", Status).statuses() == (401, 403, 503)
    change = Route("PATCH", "things/{id}", answer, "", Status, Declared, changes=True)
    assert change.statuses() == (401, 403, 404, 409, 412, 413, 422, 503)
    asked = Route("GET", "things", answer, "", Status, query=Declared, refusals=(502,))
    assert asked.statuses() == (401, 403, 422, 502, 503)
