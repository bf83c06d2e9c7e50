"""Explaining decides like a real request, and no model is called."""

from typing import Any

from tests.e2e.house import House
from tests.fakes import Upstream

TEXT = "Write a Python function that merges two sorted lists."
CODING = {"all": [{"kind": "task", "tasks": ["coding"]}]}


async def explain(house: House, **body: Any) -> dict[str, Any]:
    got = await house.admin("POST", "explain", body)
    assert got.status == 200, got.raw
    found: dict[str, Any] = got.json
    return found


async def test_it_decides_as_a_request_would(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.rule("acme/beta", "acme/alpha", name="code", when=CODING)
    found = await explain(house, id="x", text=TEXT)
    assert (found["id"], found["task"], found["layer"]) == ("x", "coding", "rules")
    assert (found["rule"], found["target"], found["fallbacks"]) == (
        "code",
        "acme/beta",
        ["acme/alpha"],
    )
    assert 0 < found["task_confidence"] <= 1
    assert found["cues"]
    assert 0 < found["ms"] < 1000
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": TEXT}]
    again = await explain(house, messages=messages, temperature=0, tools=[])
    assert (again["target"], again["task"]) == ("acme/beta", "coding")
    assert again["input_tokens"] > found["input_tokens"]
    real = await house.post({"messages": messages})
    assert real.headers["x-butler-target"] == "acme/beta"
    assert len(up.seen) == 1
    assert (await house.row())["trace"][1]["rule"] == found["trace"][1]["rule"] == "code"


async def test_an_explanation_is_no_request(house: House) -> None:
    await explain(house, text=TEXT)
    assert (await house.admin("GET", "requests")).json["items"] == []
    assert (await house.status())["requests_today"] == 0


async def test_a_named_model(house: House) -> None:
    found = await explain(house, text=TEXT, model="strong")
    assert (found["layer"], found["target"]) == ("direct", "demo/strong")
    got = await house.admin("POST", "explain", {"text": TEXT, "model": "gpt-9"})
    assert got.status == 404
    assert "gpt-9" in got.problem["detail"]


async def test_without_any_model_the_trace_says_why(house: House, up: Upstream) -> None:
    await house.add(up, models=[])
    found = await explain(house, text=TEXT)
    assert (found["layer"], found["target"], found["fallbacks"]) == (None, None, [])
    assert [step["outcome"] for step in found["trace"]] == ["skipped"] * 3
    assert found["task"] == "coding"


async def test_odd_ones(house: House) -> None:
    got = await house.admin("POST", "explain", {"id": "x"})
    assert (got.status, got.problem["field"]) == (422, "text")
    odd: list[dict[str, Any]] = [
        {"messages": []},
        {"messages": [1, None, {"role": 7}]},
        {"text": ""},
        {"text": "\u0000"},
        {"text": "x" * 900_000},
        {"messages": [{"role": "user", "content": [{"type": [], "text": {}}]}], "tools": "x"},
    ]
    for body in odd:
        assert (await explain(house, **body))["target"] == "demo/cheap"
