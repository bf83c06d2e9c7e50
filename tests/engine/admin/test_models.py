"""Single models: what is known of them is kept as it was said, and rules follow them."""

from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream

DETAILS: dict[str, Any] = {
    "context_tokens": 200_000,
    "output_tokens": 8192,
    "modalities": ["text", "image"],
    "tools": True,
    "json_mode": False,
    "thinking": True,
    "prices": {
        "input_usd": "0.25",
        "output_usd": "1.5",
        "cached_usd": None,
        "cache_write_usd": None,
        "image_usd": None,
    },
    "parameters": {"temperature": 0.2, "stop": ["x"]},
    "default_thinking": {"mode": "enabled", "budget_tokens": 1024},
    "guessed": ["tools", "thinking"],
}


@pytest.fixture(autouse=True)
async def _provider(house: House, up: Upstream) -> None:
    await house.add(up)


def at(name: str) -> str:
    """The address of a model."""
    return f"models/{quote(name, safe='')}"


async def test_what_is_added_is_what_is_read(house: House) -> None:
    body = {"provider": "acme", "name": "org/gamma", "alias": "fast", **DETAILS}
    added = await house.admin("POST", "models", body)
    assert added.status == 201, added.raw
    row = added.json
    assert row["target"] == "acme/org/gamma"
    assert {key: row[key] for key in DETAILS} == DETAILS
    for name in (row["id"], "acme/org/gamma", "fast"):
        assert (await house.admin("GET", at(name))).json == row
    listed = (await house.admin("GET", "models")).json["items"]
    assert [model["target"] for model in listed] == ["acme/alpha", "acme/beta", "acme/org/gamma"]
    assert listed == (await house.admin("GET", "providers/acme")).json["models"]


def _price_of(model: dict[str, Any]) -> dict[str, Any]:
    """What follows from the rest: the price in force."""
    return {"price": model["price"], "priced_by": model["priced_by"]}


async def test_a_change_changes_what_it_names(house: House) -> None:
    body = {"provider": "acme", "name": "gamma", **DETAILS}
    before = (await house.admin("POST", "models", body)).json
    for patch, differs in (
        ({"alias": "quick"}, {}),
        ({"enabled": False}, {}),
        ({"context_tokens": 1000}, {}),
        ({"tools": False}, {"guessed": ["thinking"]}),
        ({"prices": None}, {}),
        ({"thinking": None, "guessed": ["json_mode"]}, {}),
        ({"alias": None}, {}),
    ):
        got = await house.admin("PATCH", at(before["id"]), patch)
        assert (got.status, got.json) == (
            200,
            {**before, **patch, **differs, **_price_of(got.json)},
        )
        before = got.json


async def test_a_change_counts_from_the_next_request_on(house: House) -> None:
    for usd in ("1", "2"):
        prices = {"input_usd": usd, "output_usd": usd}
        assert (await house.admin("PATCH", at("acme/alpha"), {"prices": prices})).status == 200
        assert (await house.ask("acme/alpha")).status == 200
    costs = [Decimal(row["cost_usd"]) for row in await house.rows(2)]
    assert costs == [Decimal("0.000017"), Decimal("0.000034")]
    await house.admin("PATCH", at("acme/alpha"), {"enabled": False})
    assert (await house.ask("acme/alpha")).status == 404


async def test_a_rename_takes_rules_and_the_default_along(house: House) -> None:
    await house.rule("acme/alpha", "acme/beta")
    got = await house.admin("PATCH", at("acme/alpha"), {"name": "alpha-2"})
    assert got.json["target"] == "acme/alpha-2"
    (rule,) = (await house.admin("GET", "rules")).json["items"]
    assert (rule["target"], rule["problems"]) == ("acme/alpha-2", [])
    assert (await house.status())["default_target"] == "acme/alpha-2"
    assert (await house.status())["warnings"] == []


async def test_removing_one_is_told(house: House) -> None:
    gone = await house.admin("DELETE", at("acme/alpha"))
    assert (gone.status, gone.json["name"]) == (200, "alpha")
    status = await house.status()
    assert status["default_target"] is None
    assert [found["code"] for found in status["warnings"]] == ["unknown_target"]
    assert (await house.admin("GET", at("acme/alpha"))).status == 404
    # A new model is chosen: what was chosen was gone before.
    await house.admin("POST", "models", {"provider": "acme", "name": "gamma"})
    assert (await house.status())["default_target"] == "acme/gamma"


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"name": "beta"}, "conflict", "name"),
    ({"alias": "b"}, "conflict", "alias"),
    ({"alias": "Auto"}, "invalid", "alias"),
    ({"context_tokens": 0}, "invalid", "context_tokens"),
    ({"prices": {"input_usd": "-1"}}, "invalid", "prices.input_usd"),
    ({"speed": 3}, "invalid", "speed"),
]


async def test_what_does_not_fit_is_refused(house: House, subtests: pytest.Subtests) -> None:
    await house.admin("PATCH", at("acme/beta"), {"alias": "b"})
    revision = (await house.status())["revision"]
    for said, code, field in REFUSED:
        with subtests.test(str(said)):
            added = {"provider": "acme", "name": "new", **said}
            for got in (
                await house.admin("POST", "models", added),
                await house.admin("PATCH", at("acme/alpha"), said),
            ):
                assert (got.status, got.problem["code"]) == (422, code)
                assert got.problem["field"] == field
    got = await house.admin("POST", "models", {"provider": "nobody", "name": "x"})
    assert (got.status, got.problem["field"]) == (422, "provider")
    assert (await house.status())["revision"] == revision


async def test_unknown_ones_and_the_demos(house: House) -> None:
    for method, body in (("GET", None), ("PATCH", {}), ("DELETE", None)):
        assert (await house.admin(method, "models/nobody", body)).status == 404
    await house.admin("DELETE", "providers/acme")
    listed = (await house.admin("GET", "models")).json["items"]
    assert [model["target"] for model in listed] == ["demo/cheap", "demo/strong"]
    assert (await house.admin("GET", at("demo/cheap"))).json == listed[0]
    got = await house.admin("DELETE", at("demo/cheap"))
    assert (got.status, got.problem["code"]) == (409, "read_only")
