"""`GET /v1/models`: what a client may ask for, by every name it has."""

import pytest
from anthropic import AsyncAnthropic

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


async def test_limits_are_said_where_they_are_known(house: House, up: Upstream) -> None:
    models = [{"name": "a", "context_tokens": 9000, "output_tokens": 500}, {"name": "b"}]
    await house.add(up, models=models)
    auto, known, unknown = (await house.call("GET", "/v1/models")).json["data"]
    assert (known["context_length"], known["max_model_len"]) == (9000, 9000)
    assert (known["max_input_tokens"], known["max_completion_tokens"]) == (9000, 500)
    assert not {"context_length", "max_tokens"} & {*auto, *unknown}
    assert known == (await house.call("GET", "/v1/models/a")).json


async def test_both_vendors_clients_read_their_own(house: House, up: Upstream) -> None:
    await house.add(up, models=[{"name": "alpha", "alias": "快"}])
    async with house.sdk() as sdk:
        assert [model.id async for model in sdk.models.list()] == ["auto", "acme/alpha"]
        assert (await sdk.models.retrieve("alpha")).owned_by == "acme"
    async with AsyncAnthropic(base_url=house.root, api_key=house.token) as claude:
        page = await claude.models.list(limit=1000)
        assert [(model.id, model.display_name) for model in page.data] == [
            ("auto", "auto"),
            ("acme/alpha", "快"),
        ]
        assert (page.has_more, page.first_id, page.last_id) == (False, "auto", "acme/alpha")
        one = await claude.models.retrieve("acme/alpha")
        assert (one.type, one.created_at.year) == ("model", 2023)


async def test_a_name_that_means_auto_is_one(house: House, up: Upstream) -> None:
    await house.add(up)
    assert (await house.call("GET", "/v1/models/claude-opus-5-5")).json["id"] == "auto"


async def test_nothing_at_all(house: House, up: Upstream) -> None:
    await house.add(up, enabled=False)
    names = (await house.call("GET", "/v1/models")).json
    assert (names["first_id"], names["last_id"]) == ("auto", "auto")
