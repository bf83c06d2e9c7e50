"""The state of the targets: from traffic, and a breaker that the owner closes."""

from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream

BROKEN = "breakers/acme%2Falpha:reset"


@pytest.fixture
async def broken(house: House, up: Upstream) -> dict[str, Any]:
    """A breaker that a wrong key has opened."""
    await house.add(up, api_key="sk-wrong")
    assert (await house.ask("acme/alpha")).status == 400
    (found,) = (await house.admin("GET", "breakers")).json["items"]
    return dict(found)


async def test_nothing_is_known_before_there_was_traffic(house: House, up: Upstream) -> None:
    await house.add(up)
    health = (await house.admin("GET", "health")).json
    assert health["state"] == "ok"
    assert [row["target"] for row in health["targets"]] == ["acme/alpha", "acme/beta"]
    assert health["targets"][0] == {
        "target": "acme/alpha", "local": True, "breaker": None, "failure_rate": None,
        "p50_ttft_ms": None, "p95_ttft_ms": None,
    }  # fmt: skip
    for _ in range(5):
        await house.ask()
    row = (await house.admin("GET", "health")).json["targets"][0]
    assert row["failure_rate"] == 0
    assert 0 < row["p50_ttft_ms"] <= row["p95_ttft_ms"]


async def test_a_breaker_says_why_and_is_reset(house: House, broken: dict[str, Any]) -> None:
    assert (broken["target"], broken["state"], broken["opened"]) == ("acme/alpha", "open", 1)
    assert broken["reason"]
    assert broken["left_ms"] > 0
    health = (await house.admin("GET", "health")).json
    assert (health["state"], health["targets"][0]["breaker"]["kind"]) == (
        "degraded",
        broken["kind"],
    )
    got = await house.admin("POST", BROKEN)
    assert (got.status, got.json) == (200, {"items": []})
    assert (await house.admin("POST", BROKEN)).status == 200
    assert (await house.admin("GET", "health")).json["state"] == "ok"


async def test_all_are_reset_at_once(house: House, broken: dict[str, Any]) -> None:
    await house.ask("acme/beta")
    assert (await house.admin("GET", "health")).json["state"] == "down"
    assert (await house.admin("POST", "breakers:reset")).json == {"items": []}


async def test_one_whose_target_is_gone_can_be_reset_too(
    house: House, broken: dict[str, Any]
) -> None:
    await house.admin("PATCH", "providers/acme", {"models": [{"name": "beta"}]})
    assert len((await house.admin("GET", "breakers")).json["items"]) == 1
    assert (await house.admin("POST", BROKEN)).json == {"items": []}
    assert (await house.admin("POST", BROKEN)).status == 404


async def test_a_new_key_gives_another_chance(
    house: House, up: Upstream, broken: dict[str, Any]
) -> None:
    await house.admin("PATCH", "providers/acme", {"api_key": up.key})
    assert (await house.admin("GET", "breakers")).json == {"items": []}
    assert (await house.ask("acme/alpha")).status == 200


async def test_unknown_ones(house: House) -> None:
    got = await house.admin("POST", "breakers/nobody:reset")
    assert (got.status, got.problem["code"]) == (404, "not_found")
