"""Providers: added, read, changed, removed; their keys go in and never come out."""

from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream

KEY = "sk-provider-key-of-usual-length"
BODY: dict[str, Any] = {
    "name": "acme",
    "kind": "openai_compatible",
    "base_url": "http://127.0.0.1:9/v1",
    "api_key": KEY,
    "models": [{"name": "alpha"}, {"name": "org/beta", "alias": "fast", "enabled": False}],
    "options": {"ask_usage": False},
}


async def add(house: House, **said: Any) -> dict[str, Any]:
    return await house.add_body({**BODY, **said})


async def test_what_is_added_is_what_is_read(house: House) -> None:
    added = await add(house)
    assert added.pop("id").startswith("prov_")
    models = added.pop("models")
    assert added == {
        "name": "acme", "kind": "openai_compatible", "title": "OpenAI-compatible",
        "base_url": "http://127.0.0.1:9/v1", "has_key": True, "enabled": True, "built_in": False,
        "options": {"ask_usage": False},
    }  # fmt: skip
    assert [(row["name"], row["alias"], row["enabled"], row["target"]) for row in models] == [
        ("alpha", None, True, "acme/alpha"),
        ("org/beta", "fast", False, "acme/org/beta"),
    ]
    listed = (await house.admin("GET", "providers")).json["items"]
    by_name = (await house.admin("GET", "providers/acme")).json
    by_id = (await house.admin("GET", f"providers/{listed[0]['id']}")).json
    assert listed == [by_name] == [by_id]


async def test_no_reply_shows_the_key(house: House) -> None:
    replies = [
        await house.admin("POST", "providers", BODY),
        await house.admin("GET", "providers"),
        await house.admin("GET", "providers/acme"),
        await house.admin("PATCH", "providers/acme", {"api_key": KEY + "2"}),
        await house.admin("POST", "providers", BODY),
        await house.admin("DELETE", "providers/acme"),
    ]
    assert [got.status for got in replies] == [201, 200, 200, 200, 422, 200]
    assert not any(KEY.encode() in got.raw for got in replies)


REFUSED: list[tuple[dict[str, Any], str, str | None]] = [
    ({"name": "acme"}, "conflict", "name"),
    ({"name": "n", "kind": "magic"}, "unknown_kind", "kind"),
    ({"name": "n", "base_url": None}, "missing", "base_url"),
    ({"name": "n", "base_url": "nowhere"}, "invalid", "base_url"),
    ({"name": "n", "base_url": "http://[::1"}, "invalid", "base_url"),
    ({"name": "n", "base_url": "http://h:99999/v1"}, "invalid", "base_url"),
    ({"name": "n", "api_key": "sk-\u2026cut"}, "invalid", "api_key"),
    ({"name": "n", "api_key": "sk\r\nX-Evil: 1"}, "invalid", "api_key"),
    ({"name": "n", "models": [{"name": "a"}, {"name": "a"}]}, "invalid", "models"),
    ({"name": "n", "models": [{"name": "a", "alias": "AUTO"}]}, "invalid", "models"),
    ({"name": "n", "models": [{"name": "a", "alias": "fast"}]}, "conflict", "models"),
    (
        {"name": "n", "models": [{"name": "a", "alias": "x"}, {"name": "b", "alias": "x"}]},
        "conflict",
        "models",
    ),
]


async def test_what_is_refused_leaves_nothing_behind(
    house: House, subtests: pytest.Subtests
) -> None:
    await add(house)
    revision = (await house.status())["revision"]
    for said, code, field in REFUSED:
        with subtests.test(str(said)):
            got = await house.admin("POST", "providers", {**BODY, "models": [], **said})
            assert (got.status, got.problem["code"], got.problem["field"]) == (422, code, field)
            assert got.problem["hint"]
    assert (await house.status())["revision"] == revision
    assert len((await house.admin("GET", "providers")).json["items"]) == 1


async def test_a_change_changes_what_it_names(house: House) -> None:
    before = await add(house)
    for patch in (
        {"enabled": False},
        {"base_url": "https://api.example.com/v1"},
        {"options": {}},
        {"name": "zeta"},
    ):
        got = (await house.admin("PATCH", f"providers/{before['id']}", patch)).json
        assert {key: value for key, value in got.items() if key != "models"} == {
            **{key: value for key, value in before.items() if key != "models"},
            **patch,
        }
        before = got
    assert [model["target"] for model in before["models"]] == ["zeta/alpha", "zeta/org/beta"]
    refused = await house.admin("PATCH", "providers/zeta", {"base_url": "nowhere"})
    assert refused.status == 422
    assert (await house.admin("GET", "providers/zeta")).json == before


async def test_models_of_equal_names_keep_their_ids(house: House) -> None:
    before = {model["name"]: model["id"] for model in (await add(house))["models"]}
    models = [{"name": "new"}, {"name": "alpha", "alias": "a"}]
    after = (await house.admin("PATCH", "providers/acme", {"models": models})).json["models"]
    assert [model["name"] for model in after] == ["new", "alpha"]
    assert (after[1]["id"], after[1]["alias"]) == (before["alpha"], "a")
    assert after[0]["id"] not in before.values()


@pytest.mark.parametrize(
    "after",
    [
        {"a": "y", "b": None},
        {"b": "x", "a": "y"},
        {"c": "x", "b": "y"},
        {"a": None, "b": None, "c": "y"},
        {"a": "x", "b": "y"},
    ],
    ids="moved swapped inherited given kept".split(),
)
async def test_aliases_move_between_models(house: House, after: dict[str, str | None]) -> None:
    await add(house, models=[{"name": "a", "alias": "x"}, {"name": "b", "alias": "y"}])
    models = [{"name": name, "alias": alias} for name, alias in after.items()]
    got = await house.admin("PATCH", "providers/acme", {"models": models})
    assert got.status == 200, got.raw
    assert {model["name"]: model["alias"] for model in got.json["models"]} == after


async def test_a_rename_keeps_rules_and_the_default_target(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.rule("acme/beta", "acme/alpha")
    await house.set(routing__default_target="acme/beta")
    await house.admin("PATCH", "providers/acme", {"name": "zeta"})
    (rule,) = (await house.admin("GET", "rules")).json["items"]
    assert (rule["target"], rule["fallbacks"], rule["problems"]) == (
        "zeta/beta",
        ["zeta/alpha"],
        [],
    )
    status = await house.status()
    assert (status["default_target"], status["warnings"]) == ("zeta/beta", [])
    assert (await house.ask()).headers["x-butler-target"] == "zeta/beta"
    assert (await house.ask("acme/beta")).status == 404


async def test_removing_one_breaks_its_rules_visibly(
    house: House, up: Upstream, other: Upstream
) -> None:
    added = await house.add(up)
    await house.add(other, "backup")
    await house.rule("acme/beta", "backup/gamma", name="first")
    await house.rule("acme/alpha", name="second", priority=1)
    gone = await house.admin("DELETE", f"providers/{added['id']}")
    assert (gone.status, gone.json["name"]) == (200, "acme")
    rules = (await house.admin("GET", "rules")).json["items"]
    assert [rule["target"] for rule in rules] == ["acme/beta", "acme/alpha"]
    assert [rule["problems"][0]["code"] for rule in rules] == ["unknown_target"] * 2
    warnings = (await house.status())["warnings"]
    assert {warning["code"] for warning in warnings} == {"unknown_target"}
    assert (await house.ask()).headers["x-butler-target"] == "backup/gamma"
    # The same provider again mends them.
    await house.add(up)
    assert (await house.status())["warnings"] == []
    assert (await house.ask()).headers["x-butler-target"] == "acme/beta"


async def test_the_demo_is_read_only(house: House) -> None:
    (demo,) = (await house.admin("GET", "providers")).json["items"]
    assert (demo["id"], demo["built_in"], demo["has_key"]) == ("demo", True, True)
    assert (await house.admin("GET", "providers/demo")).json == demo
    for method, body in (("PATCH", {"enabled": False}), ("DELETE", None)):
        got = await house.admin(method, "providers/demo", body)
        assert (got.status, got.problem["code"]) == (409, "read_only")


async def test_a_provider_may_be_called_demo(house: House) -> None:
    added = await add(house, name="demo")
    assert (await house.admin("GET", "providers/demo")).json == added
    assert (await house.admin("DELETE", "providers/demo")).status == 200


async def test_unknown_ones(house: House) -> None:
    await add(house)
    for method, body in (("GET", None), ("PATCH", {}), ("DELETE", None)):
        got = await house.admin(method, "providers/nobody", body)
        assert (got.status, got.problem["code"]) == (404, "not_found")
        assert "nobody" in got.problem["detail"]


async def test_with_the_last_provider_its_default_goes_and_the_demo_answers(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    assert (await house.status())["default_target"] == "acme/alpha"
    assert (await house.admin("DELETE", "providers/acme")).status == 200
    status = await house.status()
    assert (status["demo"], status["default_target"]) == (True, "demo/cheap")
    assert [found["code"] for found in status["warnings"]] == []
    assert (await house.ask()).status == 200


async def test_a_key_is_told_to_its_owner_when_asked(house: House, up: Upstream) -> None:
    added = await house.add(up)
    told = await house.admin("POST", "providers/acme:reveal")
    assert told.json == {"id": added["id"], "name": "acme", "api_key": up.key}
    keyless = await house.add(up, name="bare", api_key=None)
    assert keyless["has_key"] is False
    refused = await house.admin("POST", "providers/bare:reveal")
    assert (refused.status, refused.problem["code"]) == (404, "no_copy")
    assert up.key not in (await house.admin("GET", "providers")).raw.decode()
