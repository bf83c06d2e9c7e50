"""Categories over the admin API: added, changed, moved, deleted, brought back, undone."""

from typing import Any

from tests.e2e.house import House

LAW = {
    "name": "law",
    "description": "Contracts and courts.",
    "utterances": ["Is this clause valid?", "这份合同有效吗"],
    "targets": ["demo/strong"],
}


async def names(house: House) -> list[str]:
    return [one["name"] for one in (await house.admin("GET", "categories")).json["items"]]


async def test_a_new_house_has_ours_without_targets(house: House) -> None:
    items = (await house.admin("GET", "categories")).json["items"]
    assert len(items) == 9
    assert all(one["shipped"] and one["enabled"] and not one["targets"] for one in items)
    assert [one["position"] for one in items] == list(range(9))


async def test_one_is_added_at_the_end_read_and_changed(house: House) -> None:
    added = await house.admin("POST", "categories", LAW)
    assert added.status == 201
    assert (added.json["shipped"], added.json["problems"]) == (False, [])
    assert (await names(house))[-1] == "law"
    changed = await house.admin("PATCH", "categories/law", {"enabled": False, "position": 0})
    assert (changed.json["enabled"], changed.json["targets"]) == (False, LAW["targets"])
    assert (await names(house))[0] == "law"
    assert (await house.admin("GET", f"categories/{added.json['id']}")).json == changed.json


async def test_a_target_that_is_not_there_is_refused(house: House) -> None:
    got = await house.admin("POST", "categories", {**LAW, "targets": ["demo/gone"]})
    assert (got.status, got.problem["code"]) == (422, "unknown_target")
    got = await house.admin("POST", "categories", {**LAW, "targets": ["demo/strong"] * 2})
    assert (got.status, got.problem["code"]) == (422, "invalid")
    assert "law" not in await names(house)


async def test_a_name_is_given_once(house: House) -> None:
    got = await house.admin("POST", "categories", {"name": "coding"})
    assert got.status == 409


async def test_what_is_deleted_stays_away_until_it_is_wanted_back(house: House) -> None:
    assert (await house.admin("DELETE", "categories/coding")).json["id"] == "cat_coding"
    assert (await house.admin("GET", "categories/coding")).status == 404
    items = (await house.admin("POST", "categories:restore")).json["items"]
    assert [one["id"] for one in items].count("cat_coding") == 1
    assert len(items) == 9


async def test_a_deletion_can_be_undone(house: House) -> None:
    before = (await house.admin("GET", "categories")).json["items"]
    await house.admin("DELETE", "categories/coding")
    latest = (await house.admin("GET", "history")).json["items"][0]
    assert (latest["resources"], latest["summary"]) == (
        ["categories"],
        "category 'coding' removed",
    )
    assert (await house.admin("POST", f"history/{latest['revision']}:undo")).status == 200
    assert (await house.admin("GET", "categories")).json["items"] == before


async def test_the_configuration_carries_them(house: House) -> None:
    await house.admin("POST", "categories", LAW)
    document: dict[str, Any] = (await house.admin("GET", "config")).json
    await house.admin("DELETE", "categories/law")
    await house.admin("PATCH", "categories/coding", {"name": "code"})
    stored = (await house.admin("PUT", "config", document)).json
    assert [{**one, "id": ""} for one in stored["categories"]] == [
        {**one, "id": ""} for one in document["categories"]
    ]
    assert stored["categories"][:9] == document["categories"][:9]
    del document["categories"]
    kept = (await house.admin("PUT", "config", document)).json
    assert kept["categories"] == stored["categories"]
