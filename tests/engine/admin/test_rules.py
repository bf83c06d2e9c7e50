"""Rules: one that would not work is refused with the reason, and checking leaves nothing behind."""

from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream

WHEN = {"all": [{"kind": "keywords", "words": ["hello"]}]}
BODY: dict[str, Any] = {"name": "greetings", "when": WHEN, "target": "acme/beta"}


@pytest.fixture(autouse=True)
async def _provider(house: House, up: Upstream) -> None:
    await house.add(up)


async def test_what_is_added_is_what_is_read(house: House) -> None:
    full = {**BODY, "description": "d", "priority": 900, "enabled": False,
            "fallbacks": ["acme/alpha"], "cap_price": True,
            "thinking": {"mode": "enabled", "budget_tokens": 2048}}  # fmt: skip
    added = await house.admin("POST", "rules", full)
    assert added.status == 201
    row = added.json
    assert row.pop("id").startswith("rule_")
    assert row == {**full, "built_in": False, "problems": [], "findings": []}
    (listed,) = (await house.admin("GET", "rules")).json["items"]
    assert listed == (await house.admin("GET", "rules/greetings")).json
    assert listed == (await house.admin("GET", f"rules/{listed['id']}")).json


async def test_the_usual_values(house: House) -> None:
    row = (await house.admin("POST", "rules", BODY)).json
    assert (row["description"], row["priority"], row["enabled"]) == ("", 500, True)
    assert row["fallbacks"] == []


async def test_they_are_listed_as_they_are_tried(house: House) -> None:
    for name, priority in (("low", 1), ("high", 1000), ("mid one", 500), ("mid two", 500)):
        await house.rule("acme/beta", name=name, priority=priority)
    rules = (await house.admin("GET", "rules")).json["items"]
    assert [rule["name"] for rule in rules] == ["high", "mid one", "mid two", "low"]


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"target": "acme/gone"}, "unknown_target", "target"),
    ({"fallbacks": ["acme/gone"]}, "unknown_target", "fallbacks[0]"),
    ({"fallbacks": ["acme/beta"]}, "invalid", "fallbacks"),
    ({"fallbacks": ["acme/alpha", "acme/alpha"]}, "invalid", "fallbacks"),
    ({"when": {}}, "invalid", "when"),
    ({"when": {"all": [{"kind": "magic"}]}}, "unknown_kind", "when.all[0]"),
    ({"when": {"all": [{"kind": "regex", "pattern": "("}]}}, "invalid", "when.all[0].pattern"),
    ({"when": {"all": [{"kind": "tokens", "least": 5}]}}, "invalid", "when.all[0].least"),
]


async def test_a_rule_that_would_not_work_is_refused_and_checked_alike(
    house: House, subtests: pytest.Subtests
) -> None:
    revision = (await house.status())["revision"]
    for said, code, field in REFUSED:
        with subtests.test(str(said)):
            body = {**BODY, **said}
            added = await house.admin("POST", "rules", body)
            assert (added.status, added.problem["code"]) == (422, code)
            assert added.problem["field"].startswith(field)
            checked = await house.admin("POST", "rules:check", body)
            assert (checked.status, checked.json) == (200, added.json)
    assert (await house.admin("GET", "rules")).json["items"] == []
    assert (await house.status())["revision"] == revision


async def test_a_check_of_a_good_rule_stores_nothing(house: House) -> None:
    revision = (await house.status())["revision"]
    got = await house.admin("POST", "rules:check", BODY)
    assert (got.status, got.json) == (200, {"problems": []})
    assert (await house.admin("GET", "rules")).json["items"] == []
    assert (await house.status())["revision"] == revision
    bad = await house.admin("POST", "rules:check", {"name": ""})
    assert {found["field"] for found in bad.json["problems"]} == {"name", "when", "target"}


async def test_a_change_changes_what_it_names(house: House) -> None:
    before = (await house.admin("POST", "rules", BODY)).json
    patches: list[dict[str, Any]] = [
        {"priority": 7},
        {"enabled": False},
        {"description": "why"},
        {"target": "acme/alpha"},
        {"fallbacks": ["acme/beta"]},
        {"when": {"any": [{"kind": "tokens", "min": 9}]}},
        {"name": "other"},
    ]
    for patch in patches:
        got = await house.admin("PATCH", f"rules/{before['id']}", patch)
        assert (got.status, got.json) == (200, {**before, **patch})
        before = got.json
    for patch in ({"target": "acme/beta"}, {"when": {"all": "x"}}, {"fallbacks": ["acme/gone"]}):
        assert (await house.admin("PATCH", "rules/other", patch)).status == 422
    assert (await house.admin("GET", "rules/other")).json == before


async def test_switching_one_off_and_on_loses_nothing(house: House) -> None:
    thinking = {"mode": "enabled", "budget_tokens": 2048}
    body = {**BODY, "description": "", "cap_price": True, "thinking": thinking}
    before = (await house.admin("POST", "rules", body)).json
    for enabled in (False, True):
        got = await house.admin("PATCH", "rules/greetings", {"enabled": enabled})
        assert (got.status, got.json) == (200, {**before, "enabled": enabled})
    assert before["thinking"] == thinking


async def test_a_broken_rule_can_be_switched_off_renamed_and_removed(house: House) -> None:
    rule = await house.rule("acme/beta")
    await house.admin("PATCH", "providers/acme", {"models": [{"name": "alpha"}]})
    path = f"rules/{rule['id']}"
    assert (await house.admin("PATCH", path, {"enabled": False})).json["problems"]
    assert (await house.admin("PATCH", path, {"name": "broken"})).status == 200
    refused = await house.admin("PATCH", path, {"fallbacks": ["acme/alpha"]})
    assert (refused.status, refused.problem["code"]) == (422, "unknown_target")
    assert (await house.admin("PATCH", path, {"target": "acme/alpha"})).json["problems"] == []
    assert (await house.admin("DELETE", path)).status == 200


async def test_a_target_by_alias_or_bare_name_works_like_the_full_one(house: House) -> None:
    await house.admin("PATCH", "providers/acme", {"models": [{"name": "org/b", "alias": "x/y"}]})
    for target in ("org/b", "x/y"):
        rule = await house.rule(target)
        assert (await house.ask()).headers["x-butler-target"] == "acme/org/b"
        await house.admin("DELETE", f"rules/{rule['id']}")


async def test_two_rules_of_one_name_go_by_their_ids(house: House) -> None:
    rules = [await house.rule("acme/beta", name="same") for _ in range(2)]
    got = await house.admin("DELETE", "rules/same")
    assert (got.status, got.problem["code"]) == (422, "conflict")
    assert (await house.admin("DELETE", f"rules/{rules[0]['id']}")).status == 200
    assert (await house.admin("GET", "rules/same")).json["id"] == rules[1]["id"]


async def test_the_demos_rules_are_read_only(house: House) -> None:
    await house.admin("DELETE", "providers/acme")
    starters = (await house.admin("GET", "rules")).json["items"]
    assert [(rule["id"], rule["built_in"]) for rule in starters] == [
        ("demo-hard", True),
        ("demo-light", True),
    ]
    assert (await house.admin("GET", "rules/demo-hard")).json == starters[0]
    for method, body in (("PATCH", {"enabled": False}), ("DELETE", None)):
        got = await house.admin(method, "rules/demo-hard", body)
        assert (got.status, got.problem["code"]) == (409, "read_only")


async def test_unknown_ones(house: House) -> None:
    for method, body in (("GET", None), ("PATCH", {}), ("DELETE", None)):
        got = await house.admin(method, "rules/nobody", body)
        assert (got.status, got.problem["code"]) == (404, "not_found")


async def test_a_change_can_be_checked_before_it_is_made(house: House) -> None:
    rule = (await house.admin("POST", "rules", BODY)).json
    path = f"rules/{rule['id']}:check"
    for patch, codes in (
        ({"priority": 7}, []),
        ({"target": "acme/gone"}, ["unknown_target"]),
        ({"when": {}}, ["invalid"]),
        ({"priority": 1001}, ["invalid"]),
    ):
        got = await house.admin("POST", path, patch)
        assert (got.status, [found["code"] for found in got.json["problems"]]) == (200, codes)
    assert (await house.admin("GET", "rules/greetings")).json == rule
    assert (await house.admin("POST", "rules/nobody:check", {})).status == 404


async def test_a_copy_stands_right_behind_and_is_off(house: House) -> None:
    rule = (await house.admin("POST", "rules", {**BODY, "cap_price": True})).json
    await house.rule("acme/beta", name="lower", priority=1)
    copies = [(await house.admin("POST", "rules/greetings:duplicate")).json for _ in range(2)]
    assert [copy["name"] for copy in copies] == ["greetings (copy)", "greetings (copy 2)"]
    different = {"id": copies[0]["id"], "name": "greetings (copy)", "enabled": False}
    assert copies[0] == {**rule, **different}
    listed = [found["name"] for found in (await house.admin("GET", "rules")).json["items"]]
    assert listed == ["greetings", "greetings (copy)", "greetings (copy 2)", "lower"]
