"""The wizard over the models that are really configured, up to rules that route."""

from typing import Any

from tests.e2e.house import House
from tests.fakes import Upstream

EVERYTHING = ["coding", "analysis", "creative", "chat", "translation", "math", "long_documents"]
MODELS = [
    {"name": "big", "prices": {"input_usd": "3", "output_usd": "15"}, "context_tokens": 200_000},
    {"name": "small", "prices": {"input_usd": "0.1", "output_usd": "0.4"}},
    {"name": "off", "enabled": False},
]


async def built(house: House, **answers: Any) -> dict[str, Any]:
    got = await house.admin("POST", "wizard:build", {"use_cases": EVERYTHING, **answers})
    assert got.status == 200, got.raw
    draft: dict[str, Any] = got.json
    return draft


async def test_it_asks_about_the_models_that_are_there(house: House, up: Upstream) -> None:
    await house.add(up, models=MODELS, options={"local": False})
    steps = (await house.admin("GET", "wizard")).json["steps"]
    assert [step["id"] for step in steps] == ["use_cases", "models", "spending", "aims", "review"]
    (models,) = steps[1]["questions"]
    assert models["choices"] == [
        {"value": "acme/big", "detail": "200k · $3.00 in / $15.00 out"},
        {"value": "acme/small", "detail": "$0.10 in / $0.40 out"},
    ]
    chinese = (await house.admin("GET", "wizard?language=zh_CN")).json
    assert "输入 $3.00" in chinese["steps"][1]["questions"][0]["choices"][0]["detail"]
    assert (await house.admin("GET", "wizard?language=fr")).status == 422


async def test_what_it_builds_is_stored_and_routes(house: House, up: Upstream) -> None:
    await house.add(up, models=MODELS, options={"local": False})
    draft = await built(house, spending="balanced", private=False)
    assert draft == await built(house, spending="balanced", private=False)
    assert draft["default_target"] in {"acme/big", "acme/small"}
    for each in draft["rules"]:
        for sample in each["samples"]:
            assert sample["holds"] is sample["expected"], sample["text"][:80]
    rules = [each["rule"] for each in draft["rules"]]
    applied = await house.admin(
        "POST",
        "rules:apply",
        {"rules": rules, "keep": False, "default_target": draft["default_target"]},
    )
    assert applied.status == 200, applied.raw
    stored = applied.json["items"]
    assert [rule["name"] for rule in stored] == [rule["name"] for rule in rules]
    assert [rule["problems"] for rule in stored] == [[] for _ in stored]
    for prompt, model in (
        ("Write a Python function that merges two sorted lists.", "acme/big"),
        ("Hi there! How is your day going?", "acme/small"),
    ):
        found = (await house.admin("POST", "explain", {"text": prompt})).json
        assert (found["layer"], found["target"]) == ("rules", model)


async def test_a_secret_stays_here(house: House, up: Upstream) -> None:
    await house.add(up, models=MODELS[:2], options={"local": False})
    await house.add(up, "here", models=[{"name": "own"}])
    first = (await built(house))["rules"][0]
    assert first["rule"]["target"] == "here/own"
    assert first["rule"]["priority"] == 950
    assert first["rule"]["when"] == {"all": [{"kind": "contains_secrets"}]}


async def test_answers_that_do_not_fit_are_refused_and_the_demo_has_no_models(house: House) -> None:
    got = await house.admin("POST", "wizard:build", {"use_cases": []})
    assert (got.status, got.problem["field"]) == (422, "use_cases")
    got = await house.admin("POST", "wizard:build", {"use_cases": ["cooking"]})
    assert got.status == 422
    draft = await built(house, language="zh_CN")
    assert (draft["rules"], draft["default_target"]) == ([], None)
    assert "尚未配置任何模型" in draft["notes"][0]["detail"]
    (models,) = (await house.admin("GET", "wizard")).json["steps"][1]["questions"]
    assert models["choices"] == []
