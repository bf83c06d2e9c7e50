"""Over real sockets: privacy binds every attempt, and a tool loop stays where it began."""

from typing import Any

from tests.e2e.house import House
from tests.fakes import Upstream

SECRET = [{"role": "user", "content": "My card is 4111 1111 1111 1111, what is its check digit?"}]
PLAIN = [{"role": "user", "content": "What is a check digit?"}]


async def bind(house: House, up: Upstream, other: Upstream) -> None:
    """Cards go to `home` alone; everything else to `acme`."""
    await house.add(up)
    await house.add(other, name="home")
    await house.set(**{"routing.default_target": "acme/alpha"})
    await house.rule("home/gamma", name="cards", when={"kind": "contains_secrets"})


async def test_a_privacy_rule_keeps_a_call_at_its_targets(
    house: House, up: Upstream, other: Upstream
) -> None:
    await bind(house, up, other)
    assert (await house.post({"messages": PLAIN})).headers["x-butler-target"] == "acme/alpha"
    assert (await house.post({"messages": SECRET})).headers["x-butler-target"] == "home/gamma"
    seen = len(up.seen)
    named = await house.post({"model": "acme/alpha", "messages": SECRET})
    assert (named.status, named.error["code"]) == (400, "refused_by_privacy_rule")
    assert "4111" not in named.raw.decode()
    assert len(up.seen) == seen
    rows = await house.rows(3)
    assert sorted(row["status"] for row in rows) == [200, 200, 400]
    assert "4111" not in str(rows)


async def test_a_privacy_rule_holds_on_while_routing_is_off(
    house: House, up: Upstream, other: Upstream
) -> None:
    await bind(house, up, other)
    await house.set(**{"routing.enabled": False})
    assert (await house.post({"messages": PLAIN})).headers["x-butler-target"] == "acme/alpha"
    assert (await house.post({"messages": SECRET})).headers["x-butler-target"] == "home/gamma"


async def test_a_tool_loop_outlives_an_edit(house: House, up: Upstream) -> None:
    await house.add(up)
    rule = await house.rule("acme/beta", name="code", when={"kind": "has_tools"})
    tools = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]
    messages: list[dict[str, Any]] = [*PLAIN]
    first = await house.post({"messages": messages, "tools": tools})
    assert first.headers["x-butler-target"] == "acme/beta"
    await house.admin("PATCH", f"rules/{rule['id']}", {"target": "acme/alpha"})
    call = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    messages += [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "rewritten", "content": "42"},
    ]
    going_on = await house.post({"messages": messages, "tools": tools})
    assert going_on.headers["x-butler-target"] == "acme/beta"
    assert going_on.headers["x-butler-layer"] == "pin"
    messages += [{"role": "assistant", "content": "It is 42."}, *PLAIN]
    new_turn = await house.post({"messages": messages, "tools": tools})
    assert new_turn.headers["x-butler-target"] == "acme/alpha"
