"""`GET /v1/models`: what a client may ask for, by every name it has."""

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream


async def test_auto_first_then_every_enabled_model_in_the_owners_order(
    house: House, up: Upstream
) -> None:
    models = [{"name": "z"}, {"name": "a", "alias": "快"}, {"name": "off", "enabled": False}]
    await house.add(up, "later", models=models)
    await house.add(up, "dark", enabled=False)
    await house.add(up, "acme", models=[{"name": "org/model"}])
    rows = (await house.call("GET", "/v1/models")).json
    assert rows["object"] == "list"
    assert [row["id"] for row in rows["data"]] == ["auto", "later/z", "later/a", "acme/org/model"]
    assert [row["owned_by"] for row in rows["data"]][1:] == ["later", "later", "acme"]
    assert [row.get("alias") for row in rows["data"]] == [None, None, "快", None]
    assert {row["object"] for row in rows["data"]} == {"model"}
    assert {type(row["created"]) for row in rows["data"]} == {int}
    assert rows == (await house.call("GET", "/v1/models")).json


async def test_one_model_by_any_of_its_names(
    house: House, up: Upstream, subtests: pytest.Subtests
) -> None:
    await house.add(up, models=[{"name": "org/model", "alias": "快 one"}])
    for name in ("acme/org/model", "org/model", "快 one", "%E5%BF%AB%20one", "acme/org%2Fmodel/"):
        with subtests.test(name):
            assert (await house.call("GET", f"/v1/models/{name}")).json["id"] == "acme/org/model"
    for name in ("auto", "AUTO"):
        assert (await house.call("GET", f"/v1/models/{name}")).json["id"] == "auto"
    for name in ("acme/nothing", "org", "%20", "%2F"):
        with subtests.test(name):
            got = await house.call("GET", f"/v1/models/{name}")
            assert (got.status, got.error["code"]) == (404, "model_not_found")
            assert got.error["param"] == "model"
