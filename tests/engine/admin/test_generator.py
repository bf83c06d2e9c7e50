"""Rules from words by a scripted model: good answers, and all the bad ones that models give."""

import json
from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream
from tests.fakes.faults import Fail
from tests.fakes.replies import Answer

CODING = {"all": [{"kind": "task", "tasks": ["coding"]}]}
RULE: dict[str, Any] = {
    "name_en": "Code",
    "name_zh": "代码",
    "description_en": "Code goes to beta.",
    "description_zh": "代码交给 beta。",
    "priority": 600,
    "when": CODING,
    "target": "acme/beta",
    "fallbacks": ["acme/alpha"],
    "thinking": "auto",
    "confidence": 0.9,
    "matches": ["Write a Python function that merges two sorted lists."],
    "misses": ["Hello there, how are you?"],
}


def said(*rules: dict[str, Any], **more: Any) -> str:
    return json.dumps({"rules": list(rules), "default_target": "", "not_understood": [], **more})


async def generate(house: House, text: str = "Use beta for code", **fields: Any) -> dict[str, Any]:
    got = await house.admin("POST", "rules:generate", {"text": text, **fields})
    assert got.status == 200, got.raw
    found: dict[str, Any] = got.json
    return found


@pytest.fixture
async def owned(house: House, up: Upstream) -> House:
    await house.add(up)
    return house


async def test_a_good_answer_is_checked_tried_and_not_stored(owned: House, up: Upstream) -> None:
    up.script(Answer(said(RULE, default_target="acme/alpha", not_understood=["the moon"])))
    found = await generate(owned)
    assert (found["by"], found["model"], found["default_target"]) == (
        "model",
        "acme/alpha",
        "acme/alpha",
    )
    rule = found["rules"][0]
    assert rule["rule"]["name"] == "Code"
    assert rule["names"] == {"en": "Code", "zh_CN": "代码"}
    assert (rule["confidence"], rule["warnings"], rule["problems"]) == (0.9, [], [])
    assert [(one["expected"], one["holds"]) for one in rule["samples"]] == [
        (True, True),
        (False, False),
    ]
    assert "coding" in rule["samples"][0]["reason"]
    assert "the moon" in found["notes"][0]["detail"]
    assert (await owned.admin("GET", "rules")).json["items"] == []
    body = up.seen[-1].body
    assert body["response_format"]["type"] == "json_schema"
    assert "acme/beta" in json.dumps(body["response_format"]["json_schema"]["schema"])
    assert body["temperature"] == 0.2
    assert "Use beta for code" in body["messages"][-1]["content"]


async def test_its_calls_are_in_the_log_and_asked_anew_each_time(
    owned: House, up: Upstream
) -> None:
    await owned.set(assistant__model="acme/beta", assistant__temperature_percent=0)
    up.script(Answer(said(RULE)), Answer(said({**RULE, "name_en": "Second"})))
    first, second = await generate(owned), await generate(owned)
    assert [found["rules"][0]["rule"]["name"] for found in (first, second)] == ["Code", "Second"]
    rows = await owned.rows(2)
    assert {row["token_name"] for row in rows} == {"Butler"}
    assert {row["target"] for row in rows} == {"acme/beta"}
    assert {row["endpoint"] for row in rows} == {"assistant"}
    assert all(row["input_tokens"] and row["usage_source"] == "reported" for row in rows)
    assert up.seen[-1].body["temperature"] == 0


@pytest.mark.parametrize(
    "bad",
    [
        "Of course! Here is what I would do: use beta for code.",
        "",
        said({**RULE, "when": {"all": []}}),
        said({**RULE, "when": {}}),
        said({**RULE, "target": "openai/gpt-9-ultra"}),
        said({**RULE, "when": {"all": [{"kind": "weather", "is": "nice"}]}}),
        said({**RULE, "when": {"all": [{"kind": "tokens", "min": "many"}]}}),
        said(),
        "[1, 2, 3]",
        json.dumps({"rules": "none"}),
    ],
)
async def test_what_can_not_be_used_is_asked_again_with_the_reason(
    owned: House, up: Upstream, bad: str
) -> None:
    up.script(Answer(bad), Answer(said(RULE)))
    found = await generate(owned, by="model")
    assert [rule["rule"]["name"] for rule in found["rules"]] == ["Code"]
    assert len(up.seen) == 2
    again = up.seen[-1].body["messages"]
    assert again[-2]["role"] == "assistant"
    assert "can not be used" in again[-1]["content"]


@pytest.mark.parametrize(
    "said_so",
    [
        "```json\n" + said(RULE) + "\n```",
        "Here you are:\n" + said(RULE) + "\nI hope this helps!",
        "<think>The user wants {braces}.</think>" + said(RULE),
        json.dumps([RULE]),
        json.dumps(RULE),
    ],
)
async def test_what_is_meant_is_found_in_one_answer(
    owned: House, up: Upstream, said_so: str
) -> None:
    up.script(Answer(said_so))
    found = await generate(owned)
    assert [rule["rule"]["target"] for rule in found["rules"]] == ["acme/beta"]
    assert len(up.seen) == 1


async def test_a_cut_answer_keeps_what_was_whole(owned: House, up: Upstream) -> None:
    whole = said(RULE, {**RULE, "name_en": "Late"})
    cut = whole[: whole.index('"Late"')]
    up.script(Answer(cut), Answer(cut))
    found = await generate(owned)
    assert [rule["rule"]["name"] for rule in found["rules"]] == ["Code"]
    assert any("cut off" in note["detail"] for note in found["notes"])


async def test_wrong_models_and_nine_fallbacks_are_mended_and_said(
    owned: House, up: Upstream
) -> None:
    many = ["acme/alpha", "gpt-9", "alpha", "acme/beta", "x/y", "acme/alfa", "q", "z/z", "beta"]
    up.script(Answer(said({**RULE, "target": "Beta", "fallbacks": many})))
    rule = (await generate(owned))["rules"][0]
    assert (rule["rule"]["target"], rule["rule"]["fallbacks"]) == ("acme/beta", ["acme/alpha"])
    told = " ".join(warning["detail"] for warning in rule["warnings"])
    assert "'Beta' was taken for acme/beta" in told
    assert "gpt-9" in told
    assert {warning["code"] for warning in rule["warnings"]} == {"replaced"}


async def test_conditions_that_are_none_never_reach_a_rule(owned: House, up: Upstream) -> None:
    bad = said({**RULE, "when": {"all": []}})
    up.script(Answer(bad), Answer(bad))
    found = await generate(owned, by="model")
    assert found["rules"] == []
    assert any("no condition" in note["detail"] for note in found["notes"])


async def test_a_server_without_schemas_is_asked_without_one(owned: House, up: Upstream) -> None:
    up.script(Fail(400), Answer(said(RULE)))
    found = await generate(owned)
    assert len(found["rules"]) == 1
    assert "response_format" not in up.seen[-1].body


async def test_a_model_that_fails_leaves_the_phrases_and_says_so(
    owned: House, up: Upstream
) -> None:
    up.script(*[Fail(401)] * 4)
    found = await generate(owned)
    assert found["by"] == "phrases"
    assert "could not be asked" in found["notes"][0]["detail"]
    await owned.set(privacy__local_only=True)


async def test_a_rule_of_the_same_name_is_told_of(owned: House, up: Upstream) -> None:
    await owned.rule("acme/alpha", name="Code")
    up.script(Answer(said(RULE, {**RULE, "priority": 1})))
    found = await generate(owned, language="en")
    names = [rule["rule"]["name"] for rule in found["rules"]]
    assert names == ["Code", "Code (2)"]
    assert "is replaced" in found["rules"][0]["warnings"][-1]["detail"]
    got = await owned.admin(
        "POST", "rules:apply", {"rules": [rule["rule"] for rule in found["rules"]]}
    )
    assert got.status == 200, got.raw
    assert sorted(rule["name"] for rule in got.json["items"]) == names


async def test_nothing_to_make_rules_of_is_refused(owned: House, house: House) -> None:
    got = await house.admin("POST", "rules:generate", {"text": "  "})
    assert (got.status, got.problem["field"]) == (422, "text")


async def test_without_a_model_the_phrases_are_read(house: House) -> None:
    found = await generate(house)
    assert (found["by"], found["model"]) == ("phrases", None)
    got = await house.admin("POST", "rules:generate", {"text": "x", "by": "model"})
    assert (got.status, got.problem["field"]) == (422, "by")
