"""The configuration as one document: it comes back exactly, and keys stay where they belong."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream


@pytest.fixture(autouse=True)
async def _configured(house: House, up: Upstream, other: Upstream) -> None:
    details = {"context_tokens": 100_000, "guessed": ["context_tokens"], "tools": False}
    prices = {"input_usd": "0.10", "output_usd": "2"}
    models = [{"name": "alpha", "alias": "a", **details}, {"name": "beta", "prices": prices}]
    await house.add(up, models=models, options={"ask_usage": False})
    await house.add(other, "backup", enabled=False)
    await house.rule("acme/beta", "acme/alpha", name="one", priority=7, cap_price=True)
    await house.rule("acme/alpha", name="two", thinking={"mode": "disabled"})
    await house.set(dispatch__connect_timeout_ms=1234)


async def _export(house: House, query: str = "") -> dict[str, Any]:
    got = await house.admin("GET", "config" + query)
    assert got.status == 200, got.raw
    found: dict[str, Any] = got.json
    return found


async def _state(house: House) -> list[Any]:
    """Everything that reads back."""
    paths = ("providers", "models", "rules", "settings")
    return [(await house.admin("GET", path)).json for path in paths]


async def test_it_comes_back_exactly(house: House, up: Upstream) -> None:
    before, state = await _export(house), await _state(house)
    assert up.key not in str(before)
    got = await house.admin("PUT", "config", before)
    assert (got.status, got.json) == (200, before)
    assert await _state(house) == state
    assert (await house.ask()).status == 200


async def test_it_comes_about_on_another_machine(
    house: House, up: Upstream, tmp_path: Path
) -> None:
    document = await _export(house, "?secrets=true")
    assert document["providers"][0]["api_key"] == up.key
    async with House(tmp_path / "other") as elsewhere:
        got = await elsewhere.admin("PUT", "config", document)
        assert got.status == 200, got.raw
        assert up.key.encode() not in got.raw
        again = await _export(elsewhere, "?secrets=true")
        for one, two in zip(document["providers"], again["providers"], strict=True):
            assert one.pop("id") != two.pop("id")
        for one, two in zip(document["rules"], again["rules"], strict=True):
            assert one.pop("id") != two.pop("id")
        assert again == document
        status = await elsewhere.status()
        assert (status["default_target"], status["warnings"]) == ("acme/alpha", [])


async def test_what_is_not_in_it_goes(house: House) -> None:
    got = await house.admin("PUT", "config", {"version": 1})
    # Where a document has no word of categories, they stay.
    stored = got.json
    assert len(stored.pop("categories")) == 9
    assert (got.status, stored) == (200, {"version": 1})
    assert (await house.status())["demo"]
    timeout = "dispatch.connect_timeout_ms"
    rows = (await house.admin("GET", "settings")).json["items"]
    assert [row["source"] for row in rows if row["key"] == timeout] == ["default"]


async def test_names_and_aliases_may_change_places(house: House) -> None:
    document = await _export(house)
    one, two = document["providers"]
    one["name"], two["name"] = two["name"], one["name"]
    one["models"][0]["alias"], two["models"] = None, [{"name": "gamma", "alias": "a"}]
    document["rules"] = []
    got = await house.admin("PUT", "config", document)
    assert got.status == 200, got.raw
    rows = (await house.admin("GET", "providers")).json["items"]
    assert [(row["id"], row["name"], row["has_key"]) for row in rows] == [
        (one["id"], "backup", True),
        (two["id"], "acme", True),
    ]


async def test_a_kept_key_goes_to_no_other_address(house: House) -> None:
    document = await _export(house)
    document["providers"][0]["base_url"] = "https://elsewhere.example/v1"
    assert (await house.admin("PUT", "config", document)).status == 200
    rows = (await house.admin("GET", "providers")).json["items"]
    assert [row["has_key"] for row in rows] == [False, True]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"version": 2}, "version"),
    ({"version": 1, "settings": {"no.such": 1}}, "no.such"),
    ({"version": 1, "settings": {"server.port": "x"}}, "server.port"),
    ({"version": 1, "providers": [{"name": "x", "kind": "magic", "base_url": "http://h"}]}, "kind"),
    (
        {"version": 1, "providers": [{"name": "x", "kind": "openai_compatible", "base_url": "h"}]},
        "base_url",
    ),
    ({"version": 1, "tokens": []}, "tokens"),
]


async def test_what_does_not_fit_changes_nothing(house: House, subtests: pytest.Subtests) -> None:
    before = await _export(house)
    for body, field in REFUSED:
        with subtests.test(str(body)):
            got = await house.admin("PUT", "config", body)
            assert (got.status, got.problem["field"]) == (422, field)
    twice = {"version": 1, "providers": [before["providers"][0] | {"id": None}] * 2}
    assert (await house.admin("PUT", "config", twice)).problem["field"] == "providers"
    stale = await house.admin("PUT", "config", before, headers={"If-Match": '"1"'})
    assert stale.status == 412
    assert await _export(house) == before


async def test_what_was_broken_goes_out_and_in(house: House) -> None:
    await house.admin("PATCH", "providers/acme", {"models": [{"name": "beta"}]})
    document = await _export(house)
    assert (await house.admin("PUT", "config", document)).json == document
    assert {found["code"] for found in (await house.status())["warnings"]} == {"unknown_target"}
