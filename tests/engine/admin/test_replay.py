"""Drafts on past calls: what is counted is what would be, and what is not known is not no."""

import json
from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream

CODE = "Write a Python function that merges two sorted lists."
TALK = "Hello there, how are you?"
CODING = {"all": [{"kind": "task", "tasks": ["coding"]}]}
MERGES = {"all": [{"kind": "keywords", "words": ["merges"]}]}


async def say(house: House, *texts: str, **fields: Any) -> None:
    before = len((await house.admin("GET", "requests?limit=1000")).json["items"])
    for text in texts:
        got = await house.post(
            {"model": "auto", "messages": [{"role": "user", "content": text}], **fields}
        )
        assert got.status == 200, got.raw
    await house.rows(before + len(texts))


async def effect(house: House, rule: dict[str, Any], **fields: Any) -> dict[str, Any]:
    body = {"rule": {"name": "draft", "target": "acme/beta", **rule}, **fields}
    got = await house.admin("POST", "rules:effect", body)
    assert got.status == 200, got.raw
    found: dict[str, Any] = got.json
    return found


async def replay(house: House, **draft: Any) -> dict[str, Any]:
    got = await house.admin("POST", "replay", draft)
    assert got.status == 200, got.raw
    lines = [json.loads(line) for line in got.raw.splitlines()]
    assert lines[0]["done"] == 0
    assert lines[-1]["done"] == lines[-1]["of"]
    found: dict[str, Any] = lines[-1]["replayed"]
    return found


@pytest.fixture
async def owned(house: House, up: Upstream) -> House:
    """A house with a coding rule to beta, and two calls of each kind."""
    await house.add(up)
    await house.rule("acme/beta", name="code", when=CODING)
    await say(house, CODE, TALK, CODE, TALK)
    return house


async def test_a_task_is_known_from_the_log_alone(owned: House) -> None:
    found = await effect(owned, {"when": CODING, "priority": 900, "target": "acme/alpha"})
    assert (found["calls"], found["matched"], found["decided"], found["unknown"]) == (4, 2, 2, 0)
    assert found["taken"] == [{"layer": "rules", "rule": "code", "calls": 2}]
    assert found["texts_kept"] == 0
    hit = found["hits"][0]
    assert (hit["before"], hit["target"], hit["decides"]) == ("acme/beta", "acme/alpha", True)
    assert hit["text"] is None
    assert "coding" in hit["reason"]


async def test_words_that_were_not_kept_are_unknown_and_kept_ones_are_read(owned: House) -> None:
    found = await effect(owned, {"when": MERGES, "priority": 900})
    assert (found["matched"], found["unknown"], found["needs"]) == (0, 4, ["words"])
    await owned.set(log__bodies="prompts")
    await say(owned, CODE, TALK)
    found = await effect(owned, {"when": MERGES, "priority": 900})
    assert (found["matched"], found["unknown"], found["texts_kept"]) == (1, 4, 2)
    assert found["hits"][0]["text"] == CODE
    assert found["hits"][0]["words"] == ["merges"]
    # The coding rule had it, and sends it to the same model.
    assert found["taken"] == [{"layer": "rules", "rule": "code", "calls": 1}]


async def test_a_rule_below_another_matches_and_does_not_decide(owned: House) -> None:
    found = await effect(owned, {"when": CODING, "priority": 1, "target": "acme/alpha"})
    assert (found["matched"], found["decided"]) == (2, 0)
    assert [hit["decides"] for hit in found["hits"]] == [False, False]
    assert found["taken"] == []


async def test_a_stored_rule_is_exchanged_not_doubled(owned: House) -> None:
    rule = (await owned.admin("GET", "rules")).json["items"][0]
    found = await effect(owned, {"when": CODING, "target": "acme/alpha"}, id=rule["id"])
    assert (found["matched"], found["decided"], found["taken"]) == (2, 2, [])
    assert {hit["target"] for hit in found["hits"]} == {"acme/alpha"}
    # One that is switched off is tried as if it were on.
    off = await effect(owned, {"when": CODING, "priority": 900, "enabled": False})
    assert off["decided"] == 2
    assert (await owned.admin("GET", "rules")).json["items"] == [rule]


async def test_a_bad_draft_is_refused_with_the_place(owned: House) -> None:
    body = {"rule": {"name": "x", "target": "acme/alpha", "when": {"all": [{"kind": "tokens"}]}}}
    got = await owned.admin("POST", "rules:effect", body)
    assert (got.status, got.problem["field"]) == (422, "when.all[0].min")
    fine = {"name": "x", "target": "acme/alpha", "when": CODING}
    got = await owned.admin("POST", "rules:effect", {"rule": fine, "id": "rule_gone"})
    assert (got.status, got.problem["code"]) == (404, "not_found")
    for draft, field in (
        ({"prices": {"acme/gone": {"input_usd": "1"}}}, "prices"),
        ({"default_target": "acme/gone"}, None),
        ({"settings": {"no.such": 1}}, "no.such"),
        ({"settings": {"semantic.least_percent": 1_000}}, "semantic.least_percent"),
        ({"rules": [{"name": "x", "target": "acme/gone", "when": CODING}]}, None),
        ({"calls": 0}, "calls"),
    ):
        got = await owned.admin("POST", "replay", draft)
        assert got.status == 422, (draft, got.raw)
        assert field is None or got.problem["field"] == field


async def test_a_replay_tells_what_moves_and_what_it_costs(owned: House, up: Upstream) -> None:
    prices = {"acme/alpha": {"input_usd": "1", "output_usd": "2"}}
    models = (await owned.admin("GET", "models")).json["items"]
    for model, usd in zip(models, ("1", "3"), strict=True):
        told = {"prices": {"input_usd": usd, "output_usd": usd}}
        got = await owned.admin("PATCH", f"models/{model['id']}", told)
        assert got.status == 200, got.raw
    asked = len(up.seen)
    found = await replay(owned, rules=[])
    assert (found["calls"], found["changed"], found["unknown"]) == (4, 2, 0)
    move = found["moves"][0]
    assert (move["source"], move["target"], move["calls"]) == ("acme/beta", "acme/alpha", 2)
    assert (move["source_by"], move["target_by"]) == ("code", "default")
    rows = [row for row in await owned.rows(4) if row["rule_name"] == "code"]
    tokens = sum(row["input_tokens"] + row["output_tokens"] for row in rows)
    assert float(found["cost"]["usd"]) == pytest.approx(-2 * tokens / 1e6, abs=1e-9)
    assert float(move["usd"]) == float(found["cost"]["usd"])
    assert found["cost"].get("per_day_usd") is None
    assert found["rules"] == [{"rule": "code", "before": 2, "after": 0}]
    assert len(found["moved"]) == 2
    # Nothing was asked and nothing was stored.
    assert len(up.seen) == asked
    assert len((await owned.admin("GET", "rules")).json["items"]) == 1
    same = await replay(owned)
    assert (same["changed"], float(same["cost"]["usd"])) == (0, 0)
    dearer = await replay(owned, prices=prices)
    assert dearer["changed"] == 0
    assert float(dearer["cost"]["usd"]) > 0


async def test_another_default_moves_what_nobody_else_decides(owned: House) -> None:
    found = await replay(owned, default_target="acme/beta")
    assert [(move["source_by"], move["calls"]) for move in found["moves"]] == [("default", 2)]
    off = await replay(owned, settings={"routing.enabled": False})
    assert [(move["source_by"], move["target_by"]) for move in off["moves"]] == [
        ("code", "default")
    ]


async def test_what_a_rule_said_then_is_known_while_it_has_not_changed(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    await house.rule("acme/beta", name="merges", when=MERGES)
    await say(house, CODE, TALK)
    rule = (await house.admin("GET", "rules")).json["items"][0]
    kept = {key: rule[key] for key in ("id", "name", "priority", "when", "target")}
    found = await replay(house, rules=[{**kept, "name": "other name"}])
    assert (found["changed"], found["unknown"]) == (0, 0)
    found = await replay(house, rules=[{**kept, "when": {"none": [MERGES]}}])
    assert (found["changed"], found["unknown"], found["needs"]) == (0, 2, ["words"])


async def test_a_conversation_stays_where_its_first_call_goes(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(routing__sticky=True, routing__sticky_least_tokens=0)
    await house.rule("acme/beta", name="code", when=CODING)
    headers = {"x-butler-conversation": "c1"}
    talk: list[Any] = [{"role": "user", "content": CODE}]
    await house.post({"model": "auto", "messages": talk}, headers=headers)
    talk += [{"role": "assistant", "content": "Done."}, {"role": "user", "content": TALK}]
    await house.post({"model": "auto", "messages": talk}, headers=headers)
    layers = [row["layer"] for row in await house.rows(2)]
    if layers != ["rules", "pin"]:
        pytest.fail(f"the conversation was not pinned: {layers}")
    found = await replay(house, rules=[])
    assert (found["changed"], found["moves"][0]["target"]) == (2, "acme/alpha")


async def test_explicit_calls_are_nobodys_to_move(owned: House) -> None:
    got = await owned.ask("acme/alpha")
    assert got.status == 200
    await owned.rows(5)
    assert (await replay(owned))["calls"] == 4


SECRETS = {"all": [{"kind": "contains_secrets"}]}
KEY = (
    "My password is hunter2-Tr0ub4dor, the key is sk-proj-abcdEFGH1234567890abcdEFGH1234567890abcd."
)


async def test_local_only_binds_a_replay_as_it_binds_a_call(house: House, up: Upstream) -> None:
    await house.add(up)
    await say(house, CODE, TALK)
    provider = (await house.admin("GET", "providers/acme")).json
    away = {"base_url": "https://api.example.com/v1"}
    got = await house.admin("PATCH", f"providers/{provider['id']}", away)
    assert got.status == 200, got.raw
    found = await replay(house, settings={"privacy.local_only": True})
    assert [(move["source"], move.get("target")) for move in found["moves"]] == [
        ("acme/alpha", None)
    ]
    assert found["changed"] == 2


async def test_a_privacy_rule_outranks_the_pin(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(routing__sticky=True, routing__sticky_least_tokens=0, log__bodies="full")
    await house.set(log__redact=False)
    await house.rule("acme/beta", name="code", when=CODING)
    headers = {"x-butler-conversation": "c2"}
    talk: list[Any] = [{"role": "user", "content": CODE}]
    await house.post({"model": "auto", "messages": talk}, headers=headers)
    talk += [{"role": "assistant", "content": "Fine."}, {"role": "user", "content": KEY}]
    await house.post({"model": "auto", "messages": talk}, headers=headers)
    assert [row["layer"] for row in await house.rows(2)] == ["rules", "pin"]
    code = (await house.admin("GET", "rules")).json["items"][0]
    kept = {key: code[key] for key in ("id", "name", "priority", "when", "target")}
    rule = {"name": "secrets", "when": SECRETS, "target": "acme/alpha", "priority": 950}
    found = await replay(house, rules=[kept, rule])
    assert (found["changed"], found["moves"][0]["target"]) == (1, "acme/alpha")


async def test_a_privacy_rule_that_may_hold_leaves_nothing_certain(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    await house.rule("acme/alpha", name="code", when=CODING, priority=900)
    await say(house, CODE)
    code = (await house.admin("GET", "rules")).json["items"][0]
    kept = {key: code[key] for key in ("id", "name", "priority", "when", "target")}
    below = {"name": "secrets", "when": SECRETS, "target": "acme/beta", "priority": 100}
    found = await replay(house, rules=[kept, below])
    assert (found["changed"], found["unknown"], found["needs"]) == (0, 1, ["words"])
    # Where its targets are those that are asked anyway, nothing is in doubt.
    found = await replay(house, rules=[kept, {**below, "target": "acme/alpha"}])
    assert (found["changed"], found["unknown"]) == (0, 0)


async def test_an_unknown_rule_before_it_leaves_a_match_undecided(owned: House) -> None:
    first = {"name": "merges", "when": MERGES, "target": "acme/alpha", "priority": 900}
    await owned.admin("POST", "rules", first)
    found = await effect(owned, {"when": CODING, "priority": 700, "target": "acme/beta"})
    assert (found["matched"], found["decided"], found["undecided"]) == (2, 0, 2)
    assert (found["unknown"], found["needs"]) == (2, ["words"])
