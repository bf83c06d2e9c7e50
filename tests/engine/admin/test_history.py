"""The history: every change is told, can be taken back, and shows no secret."""

import random
from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream


async def latest(house: House) -> dict[str, Any]:
    items: list[dict[str, Any]] = (await house.admin("GET", "history?limit=1")).json["items"]
    return items[0]


async def test_every_change_is_told(house: House, up: Upstream) -> None:
    await house.add(up)
    rule = await house.rule("acme/alpha")
    await house.admin("PATCH", f"rules/{rule['id']}", {"enabled": False})
    await house.set(log__level="error", routing__enabled=False)
    await house.admin("DELETE", "tokens/default")
    lines = (await house.admin("GET", "history")).json["items"]
    assert [line["summary"] for line in lines] == [
        "token 'default' revoked",
        "2 settings changed",
        "rule 'everything' switched off",
        "rule 'everything' added",
        "provider 'acme' added",
        "token 'default' added",
    ]
    assert [line["resources"] for line in lines][:3] == [["tokens"], ["settings"], ["rules"]]
    revisions = [line["revision"] for line in lines]
    assert revisions == sorted(revisions, reverse=True)
    page = (await house.admin("GET", f"history?limit=2&before={revisions[1]}")).json["items"]
    assert page == lines[2:4]


async def test_what_changed_nothing_is_no_line(house: House) -> None:
    before = await latest(house)
    await house.admin("PATCH", "tokens/default", {})
    with_errors = await house.admin("PATCH", "settings", {"server.port": "eighty"})
    assert with_errors.status == 422
    assert await latest(house) == before


async def test_a_change_shows_what_it_did_and_no_secret(house: House, up: Upstream) -> None:
    added = await house.add(up)
    first = (await latest(house))["revision"]
    await house.admin("PATCH", f"providers/{added['id']}", {"api_key": "sk-another"})
    got = await house.admin("GET", f"history/{(await latest(house))['revision']}")
    (change,) = got.json["changes"]
    assert (change["table"], change["id"], change["fields"]) == (
        "providers",
        added["id"],
        ["key_envelope"],
    )
    assert change["before"]["key_envelope"] == change["after"]["key_envelope"] == "(sealed)"
    whole = (await house.admin("GET", f"history/{first}")).json["changes"]
    assert {change["table"] for change in whole} == {"providers", "models", "settings"}


async def test_undone_and_done_again(house: House, up: Upstream) -> None:
    added = await house.add(up)
    await house.rule("acme/beta")
    await house.admin("DELETE", f"providers/{added['id']}")
    assert (await house.status())["demo"]
    undone = await house.admin("POST", f"history/{(await latest(house))['revision']}:undo")
    assert (undone.status, undone.json["resources"]) == (200, ["providers"])
    assert undone.json["summary"].endswith("undone: provider 'acme' removed")
    assert undone.headers["ETag"] == f'"{undone.json["revision"]}"'
    assert (await house.ask()).headers["x-butler-target"] == "acme/beta"
    again = await house.admin("POST", f"history/{undone.json['revision']}:undo")
    assert again.status == 200
    assert (await house.status())["demo"]


async def test_a_later_change_stands_in_the_way(house: House, up: Upstream) -> None:
    await house.add(up)
    rule = await house.rule("acme/alpha")
    added = await latest(house)
    await house.admin("PATCH", f"rules/{rule['id']}", {"priority": 7})
    got = await house.admin("POST", f"history/{added['revision']}:undo")
    assert (got.status, got.problem["code"]) == (409, "conflict")
    assert "'everything' was changed again" in got.problem["detail"]
    assert (await house.admin("GET", f"rules/{rule['id']}")).json["priority"] == 7


async def test_a_revoked_token_stays_revoked(house: House) -> None:
    await house.admin("DELETE", "tokens/default")
    got = await house.admin("POST", f"history/{(await latest(house))['revision']}:undo")
    assert (got.status, got.problem["code"]) == (409, "conflict")
    assert (await house.ask()).status == 401


async def test_everything_as_of_then(house: House, up: Upstream) -> None:
    await house.add(up)
    rule = await house.rule("acme/alpha")
    then = await latest(house)
    rules = (await house.admin("GET", "rules")).json
    providers = (await house.admin("GET", "providers")).json
    await house.admin("DELETE", f"rules/{rule['id']}")
    await house.add(up, "other")
    await house.set(privacy__local_only=True)
    await house.admin("POST", "tokens", {"name": "later"})
    got = await house.admin("POST", f"history/{then['revision']}:restore")
    assert got.status == 200
    assert got.json["summary"] == f"everything as of revision {then['revision']}"
    assert (await house.admin("GET", "rules")).json == rules
    assert (await house.admin("GET", "providers")).json == providers
    assert [row["name"] for row in (await house.admin("GET", "tokens")).json["items"]] == [
        "default",
        "later",
    ]
    nothing = await house.admin("POST", f"history/{got.json['revision']}:restore")
    assert (nothing.status, nothing.json["summary"], nothing.json["changes"]) == (
        200,
        "nothing changed",
        [],
    )


async def test_an_old_revision_or_none_is_refused(house: House) -> None:
    await house.set(routing__enabled=False)
    line = await latest(house)
    path = f"history/{line['revision']}:undo"
    stale = await house.admin("POST", path, headers={"If-Match": '"0"'})
    assert (stale.status, stale.problem["code"]) == (412, "stale_revision")
    for name in ("9999", "x", "-1"):
        for method, end in (("GET", ""), ("POST", ":undo"), ("POST", ":restore")):
            assert (await house.admin(method, f"history/{name}{end}")).status == 404


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "before=-1", "page=2"])
async def test_a_query_that_does_not_fit(house: House, query: str) -> None:
    assert (await house.admin("GET", f"history?{query}")).status == 422


def _a_change(dice: random.Random, config: dict[str, Any]) -> tuple[str, str, object]:
    """Think of some change, possible or not."""
    providers = [item["name"] for item in config.get("providers", [])] or ["none"]
    targets = [
        f"{item['name']}/{model['name']}"
        for item in config.get("providers", [])
        for model in item.get("models", [])
    ] or ["none/none"]
    rules = [item["id"] for item in config.get("rules", [])] or ["none"]
    models = [
        {"name": f"m{number}", "alias": dice.choice([None, *"abcd"])}
        for number in dice.sample(range(4), 2)
    ]
    address = {"kind": "openai_compatible", "base_url": "http://127.0.0.1:9/v1"}
    name, rule = f"p{dice.randrange(4)}", {"when": {"all": [{"kind": "tokens", "min": 0}]}}
    return dice.choice(
        [
            ("POST", "providers", {"name": name, "models": models, "api_key": "k", **address}),
            ("PATCH", f"providers/{dice.choice(providers)}", {"models": models}),
            ("PATCH", f"providers/{dice.choice(providers)}", {"name": name, "api_key": None}),
            ("DELETE", f"providers/{dice.choice(providers)}", None),
            ("POST", "rules", {"name": name, "target": dice.choice(targets), **rule}),
            ("PATCH", f"rules/{dice.choice(rules)}", {"target": dice.choice(targets)}),
            ("DELETE", f"rules/{dice.choice(rules)}", None),
            ("PATCH", "settings", {"routing.default_target": dice.choice([None, *targets])}),
            ("PUT", "config", {"version": 1, "providers": config.get("providers", [])[::-1]}),
        ]
    )


async def test_changes_undone_from_the_last_to_the_first_leave_all_as_it_was(
    house: House,
) -> None:
    dice = random.Random(1)
    seen = [(await house.admin("GET", "config?secrets=true")).json]
    made = [(await latest(house))["revision"]]
    while len(made) < 12:
        got = await house.admin(*_a_change(dice, seen[-1]))
        line = await latest(house)
        if got.status < 300 and line["revision"] > made[-1]:
            made.append(line["revision"])
            seen.append((await house.admin("GET", "config?secrets=true")).json)
    for revision in reversed(made[1:]):
        assert (await house.admin("POST", f"history/{revision}:undo")).status == 200
        seen.pop()
        assert (await house.admin("GET", "config?secrets=true")).json == seen[-1]
