"""Many rules at once: all or none, in one revision, and rules keep who they are."""

from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream

WHEN = {"all": [{"kind": "tokens", "min": 1}]}


@pytest.fixture(autouse=True)
async def _rules(house: House, up: Upstream) -> None:
    await house.add(up)
    for name, priority in (("a", 900), ("b", 500), ("c", 500), ("d", 100)):
        await house.rule("acme/beta", name=name, priority=priority)


async def _names(house: House) -> list[str]:
    return [rule["name"] for rule in (await house.admin("GET", "rules")).json["items"]]


async def _rules_of(house: House) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await house.admin("GET", "rules")).json["items"]
    return found


def _written(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule as it is read, as it is written."""
    return {
        key: value for key, value in rule.items() if key not in ("built_in", "problems", "findings")
    }


async def test_an_order_of_all_or_some(house: House) -> None:
    revision = (await house.status())["revision"]
    got = await house.admin("POST", "rules:reorder", {"ids": ["d", "c", "b", "a"]})
    assert [rule["name"] for rule in got.json["items"]] == await _names(house)
    assert await _names(house) == ["d", "c", "b", "a"]
    got = await house.admin("POST", "rules:reorder", {"ids": ["a", "d"]})
    assert await _names(house) == ["a", "c", "b", "d"]
    assert (await house.status())["revision"] == revision + 2


async def test_who_stays_keeps_its_priority(house: House) -> None:
    before = {rule["name"]: rule["priority"] for rule in await _rules_of(house)}
    got = await house.admin("POST", "rules:reorder", {"ids": ["d", "a", "b", "c"]})
    after = {rule["name"]: rule["priority"] for rule in got.json["items"]}
    assert after == {**before, "d": 951}


async def test_switching_and_removing_many(house: House) -> None:
    got = await house.admin("POST", "rules:bulk", {"action": "disable", "ids": ["a", "c"]})
    assert [rule["enabled"] for rule in got.json["items"]] == [False, True, False, True]
    got = await house.admin("POST", "rules:bulk", {"action": "enable", "ids": ["a", "c"]})
    assert all(rule["enabled"] for rule in got.json["items"])
    got = await house.admin("POST", "rules:bulk", {"action": "delete", "ids": ["a", "gone"]})
    assert (got.status, got.problem["code"]) == (404, "not_found")
    assert await _names(house) == ["a", "b", "c", "d"]
    await house.admin("POST", "rules:bulk", {"action": "delete", "ids": ["a", "d"]})
    assert await _names(house) == ["b", "c"]


async def test_moving_many(house: House) -> None:
    move = {"action": "move", "ids": ["d", "b"]}
    await house.admin("POST", "rules:bulk", {**move, "before": "a"})
    assert await _names(house) == ["d", "b", "a", "c"]
    await house.admin("POST", "rules:bulk", move)
    assert await _names(house) == ["a", "c", "d", "b"]
    for body in ({**move, "before": "d"}, {**move, "ids": ["d", "d"]}):
        got = await house.admin("POST", "rules:bulk", body)
        assert (got.status, got.problem["code"]) == (422, "invalid")


async def test_a_set_comes_back_as_it_went_out(house: House) -> None:
    before = await _rules_of(house)
    got = await house.admin("PUT", "rules", {"rules": [_written(rule) for rule in before]})
    assert (got.status, got.json["items"]) == (200, before)


async def test_a_new_set_keeps_ids_of_equal_ids_and_names(house: House) -> None:
    before = {rule["name"]: rule["id"] for rule in await _rules_of(house)}
    wanted = [
        {"name": "renamed", "id": before["a"], "when": WHEN, "target": "acme/alpha"},
        {"name": "b", "when": WHEN, "target": "acme/beta", "priority": 400},
        {"name": "new", "id": "rule_elsewhere", "when": WHEN, "target": "acme/beta"},
    ]
    got = await house.admin("PUT", "rules", {"rules": wanted})
    after = {rule["name"]: rule["id"] for rule in got.json["items"]}
    assert (after["renamed"], after["b"]) == (before["a"], before["b"])
    assert after["new"] not in {*before.values(), "rule_elsewhere"}
    assert len(after) == 3


async def test_one_bad_rule_undoes_the_set_and_checking_says_the_same(house: House) -> None:
    before = await _rules_of(house)
    bad = {"rules": [{"name": "x", "when": WHEN, "target": "acme/gone"}]}
    got = await house.admin("PUT", "rules", bad)
    assert (got.status, got.problem["code"]) == (422, "unknown_target")
    checked = await house.admin("POST", "rules:check-set", bad)
    assert (checked.status, checked.json) == (200, got.json)
    twice = {"rules": [_written(before[0]), _written(before[0])]}
    got = await house.admin("PUT", "rules", twice)
    assert (got.status, got.problem["field"]) == (422, "rules")
    assert await _rules_of(house) == before
    good = await house.admin("POST", "rules:check-set", {"rules": []})
    assert good.json == {"problems": []}
    assert await _rules_of(house) == before


async def test_problems_of_a_set_say_in_which_rule(house: House) -> None:
    sound = {"name": "sound", "when": WHEN, "target": "acme/alpha"}
    task = {"all": [{"kind": "task", "tasks": ["juggling"]}]}
    for wrong, field in (
        ({"target": "acme/gone"}, "rules.1.target"),
        ({"fallbacks": ["acme/beta", "acme/gone"]}, "rules.1.fallbacks[1]"),
        ({"fallbacks": ["acme/alpha"]}, "rules.1.fallbacks"),
        ({"when": task}, "rules.1.when.all[0].tasks"),
        ({"priority": "high"}, "rules.1.priority"),
    ):
        body = {"rules": [sound, {**sound, "name": "odd", **wrong}]}
        checked = await house.admin("POST", "rules:check-set", body)
        assert [each["field"] for each in checked.json["problems"]] == [field]
        applied = await house.admin("POST", "rules:apply", {**body, "keep": True})
        assert (applied.status, applied.problem["field"]) == (422, field)


async def test_a_rule_that_was_broken_before_does_not_stop_a_set(house: House) -> None:
    await house.admin("PATCH", "providers/acme", {"models": [{"name": "alpha"}]})
    broken = await _rules_of(house)
    assert all(rule["problems"] for rule in broken)
    written = [_written(rule) for rule in broken]
    got = await house.admin("PUT", "rules", {"rules": [*written[1:], {**written[0], "name": "z"}]})
    assert got.status == 200
    written[0]["fallbacks"] = ["acme/alpha"]
    got = await house.admin("PUT", "rules", {"rules": written})
    assert (got.status, got.problem["code"]) == (422, "unknown_target")


async def test_a_stale_revision_changes_nothing(house: House) -> None:
    stale = {"If-Match": '"1"'}
    for method, path, body in (
        ("PUT", "rules", {"rules": []}),
        ("POST", "rules:reorder", {"ids": ["d", "a"]}),
        ("POST", "rules:bulk", {"action": "delete", "ids": ["a"]}),
        ("POST", "rules/a:duplicate", None),
    ):
        got = await house.admin(method, path, body, headers=stale)
        assert (got.status, got.problem["code"]) == (412, "stale_revision")
    assert await _names(house) == ["a", "b", "c", "d"]


async def test_proposed_rules_stand_beside_others_or_in_their_place(house: House) -> None:
    before = {rule["name"]: rule["id"] for rule in await _rules_of(house)}
    proposed = {"name": "a", "when": WHEN, "target": "acme/beta", "priority": 7}
    got = await house.admin(
        "POST", "rules:apply", {"rules": [proposed], "default_target": "acme/beta"}
    )
    assert got.status == 200, got.raw
    after = {rule["name"]: rule for rule in await _rules_of(house)}
    assert {name: rule["id"] for name, rule in after.items()} == before
    assert (after["a"]["target"], after["a"]["priority"]) == ("acme/beta", 7)
    assert (await house.status())["default_target"] == "acme/beta"
    alone = await house.admin("POST", "rules:apply", {"rules": [proposed], "keep": False})
    assert [rule["name"] for rule in alone.json["items"]] == ["a"]


async def test_a_name_that_two_rules_have_is_nobodys_to_replace(house: House) -> None:
    twin = {"name": "a", "when": WHEN, "target": "acme/beta"}
    assert (await house.admin("POST", "rules", twin)).status == 201
    before = await _rules_of(house)
    got = await house.admin("POST", "rules:apply", {"rules": [twin]})
    assert (got.status, got.problem["code"]) == (422, "conflict")
    gone = {"rules": [{**twin, "name": "z"}], "default_target": "acme/gone"}
    assert (await house.admin("POST", "rules:apply", gone)).status == 422
    assert await _rules_of(house) == before
