"""Explaining decides like a real request, and no model is called."""

from decimal import Decimal
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
    for trace in ((await house.row())["trace"], found["trace"]):
        (decided,) = [step for step in trace if step["outcome"] == "decided"]
        assert decided["rule"] == "code"


async def test_an_explanation_is_no_request(house: House) -> None:
    await explain(house, text=TEXT)
    assert (await house.admin("GET", "requests")).json["items"] == []
    assert (await house.status())["requests_today"] == 0


async def test_a_named_model(house: House) -> None:
    found = await explain(house, text=TEXT, model="strong")
    assert (found["layer"], found["target"]) == ("direct", "demo/strong")
    got = await house.admin("POST", "explain", {"text": TEXT, "model": "grok-9"})
    assert got.status == 404
    assert "grok-9" in got.problem["detail"]


async def test_without_any_model_the_trace_says_why(house: House, up: Upstream) -> None:
    await house.add(up, models=[])
    found = await explain(house, text=TEXT)
    assert (found["layer"], found["target"], found["fallbacks"]) == (None, None, [])
    assert {step["outcome"] for step in found["trace"]} == {"skipped"}
    assert len(found["trace"]) == 8
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


async def priced(house: House, up: Upstream) -> None:
    """Two priced models; code goes to the dear one."""
    prices = {"alpha": ("1", "2"), "beta": ("10", "20")}
    models = [
        {"name": name, "prices": {"input_usd": usd[0], "output_usd": usd[1]}}
        for name, usd in prices.items()
    ]
    await house.add(up, models=models)
    await house.rule("acme/beta", name="code", when=CODING)


async def test_each_figure_follows_its_own_input(house: House, up: Upstream) -> None:
    await priced(house, up)
    first = await explain(house, text=TEXT)
    price, other = first["price"], first["runner_up"]
    assert (first["target"], first["rule"], other["target"]) == ("acme/beta", "code", "acme/alpha")
    assert (other["layer"], other["price"]["source"]) == ("default", "owner")
    assert Decimal(price["usd"]) == 10 * Decimal(other["price"]["usd"])
    # A longer request: more input, both dearer, the same decision.
    longer = await explain(house, text=TEXT + " Explain it well." * 50)
    assert longer["price"]["input_tokens"] > price["input_tokens"]
    assert Decimal(longer["price"]["usd"]) > Decimal(price["usd"])
    assert Decimal(longer["runner_up"]["price"]["usd"]) > Decimal(other["price"]["usd"])
    assert longer["target"] == first["target"]
    # A limit: less output.
    limited = await explain(house, text=TEXT, max_tokens=5)
    assert (limited["price"]["output_tokens"], limited["price"]["output_source"]) == (5, "limit")
    # Other words: another layer, another score, no runner-up.
    chat = await explain(house, text="How are you today?")
    assert (chat["layer"], chat["score"], chat["runner_up"]) == ("default", None, None)
    assert first["score"] == first["task_confidence"]
    # Another price: that figure alone.
    await house.rule("acme/alpha", name="tools", priority=900, when={"kind": "has_tools"})
    tools = await explain(house, text=TEXT, tools=[{"type": "function", "function": {}}])
    assert (tools["rule"], tools["target"]) == ("tools", "acme/alpha")
    assert (tools["runner_up"]["rule"], tools["runner_up"]["target"]) == ("code", "acme/beta")
    assert tools["runner_up"]["score"] == first["score"]


async def test_an_unpriced_model_is_not_free(house: House, up: Upstream) -> None:
    await house.add(up)
    found = await explain(house, text=TEXT)
    if found["price"]["source"] == "unpriced":
        assert found["price"]["usd"] is None


async def test_headers_and_token_are_part_of_the_question(house: House, up: Upstream) -> None:
    await house.add(up)
    when = {"all": [{"kind": "client", "clients": ["claude-code"]}]}
    await house.rule("acme/beta", name="claude", when=when)
    found = await explain(house, text=TEXT, headers={"user-agent": "claude-cli/2.1"})
    assert (found["rule"], found["target"]) == ("claude", "acme/beta")
    assert (await explain(house, text=TEXT))["rule"] is None
    await house.rule("acme/beta", name="mine", when={"kind": "token", "tokens": ["default"]})
    assert (await explain(house, text=TEXT, token="default"))["rule"] == "mine"
    got = await house.admin("POST", "explain", {"text": TEXT, "token": "nobody"})
    assert got.status == 404


async def test_what_is_refused_is_told(house: House, up: Upstream) -> None:
    models = [{"name": "alpha", "tools": False}, {"name": "beta"}]
    await house.add(up, models=models)
    await house.rule("acme/alpha", "acme/beta", name="code", when=CODING)
    found = await explain(house, text=TEXT, tools=[{"type": "function", "function": {}}])
    assert (found["target"], found["fallbacks"]) == ("acme/beta", [])
    (refused,) = found["refused"]
    assert (refused["target"], refused["why"]) == ("acme/alpha", "tools")


async def test_local_only_refuses_the_dry_run_too(house: House) -> None:
    await house.add_address("far", "https://api.example.com/v1", "big")
    await house.set(**{"privacy.local_only": True})
    found = await explain(house, text=TEXT, model="far/big")
    assert (found["layer"], found["target"]) == (None, None)
    assert "privacy.local_only" in found["warnings"][0]


async def test_thinking_in_force(house: House, up: Upstream) -> None:
    await house.add(up)
    asked = await explain(house, text=TEXT, reasoning_effort="high")
    assert asked["thinking"] == {"mode": "high", "budget_tokens": None, "source": "request"}
    thinking = {"mode": "enabled", "budget_tokens": 2000}
    await house.rule("acme/beta", name="code", when=CODING, thinking=thinking)
    ruled = await explain(house, text=TEXT, reasoning_effort="high")
    assert ruled["thinking"] == {**thinking, "source": "rule"}
    assert (await explain(house, text="How are you?"))["thinking"] is None
