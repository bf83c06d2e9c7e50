"""A rule outranks the request, the request the model's default: seen at the vendor."""

from typing import Any

import pytest

from tests.e2e.house import HELLO, House
from tests.fakes import AnthropicUpstream, ToolCall, ToolCalls, Upstream

OFF = {"thinking": {"type": "disabled"}}


async def test_in_the_vendors_own_words(house: House, up: Upstream) -> None:
    models = [
        {"name": "alpha", "default_thinking": {"mode": "disabled"}},
        {"name": "beta", "thinking": False, "parameters": {"temperature": 0.5}},
    ]
    await house.add(up, options={"preset": "deepseek"}, models=models)
    await house.ask("acme/alpha")
    await house.ask("acme/alpha", thinking={"type": "enabled"})
    await house.ask("acme/alpha", enable_thinking=False)
    await house.ask("acme/beta", reasoning_effort="high")
    await house.rule("acme/alpha", thinking={"mode": "enabled", "budget_tokens": 1000})
    await house.ask(reasoning_effort="none", stream=True)
    bodies: list[dict[str, Any]] = [seen.body for seen in up.seen]
    assert bodies[0]["thinking"] == {"type": "disabled"}
    assert bodies[1]["thinking"] == {"type": "enabled"}
    assert bodies[2]["thinking"] == {"type": "disabled"}
    assert "enable_thinking" not in bodies[2]
    assert "reasoning_effort" not in bodies[3]
    assert (bodies[3]["temperature"], "temperature" in bodies[0]) == (0.5, False)
    assert (bodies[4]["thinking"], bodies[4]["reasoning_effort"]) == ({"type": "enabled"}, "low")


@pytest.mark.parametrize("stream", [True, False])
async def test_a_rule_turns_it_off_at_anthropic(house: House, stream: bool) -> None:
    async with AnthropicUpstream() as claude:
        await house.add(claude, kind="anthropic_compatible")
        await house.rule("acme/alpha", thinking={"mode": "disabled"})
        got = await house.ask(stream=stream, reasoning_effort="high")
        assert got.status == 200
        assert claude.seen[0].body["thinking"] == {"type": "disabled"}


class Thinking(ToolCalls):
    """A thought, and then a call."""

    def message(self) -> dict[str, Any]:
        """As vendors say it who sign nothing."""
        return {**super().message(), "reasoning_content": "It may rain."}


@pytest.mark.parametrize(("preset", "back"), [("deepseek", True), ("openai", False)])
async def test_who_thinks_aloud_gets_it_back_within_a_round_of_tools(
    house: House, up: Upstream, preset: str, back: bool
) -> None:
    """Such a vendor refuses the results of a call whose thoughts are gone; others refuse them."""
    await house.add(up, options={"preset": preset})
    up.script(Thinking((ToolCall("weather"),)))
    tools = [{"name": "weather", "input_schema": {"type": "object"}}]
    body: dict[str, Any] = {"max_tokens": 999, "messages": HELLO, "tools": tools}
    said = (await house.call("POST", "/v1/messages", body)).json["content"]
    assert [block["type"] for block in said] == ["thinking", "tool_use"]
    result = {"type": "tool_result", "tool_use_id": said[1]["id"], "content": "rain"}
    turns = [{"role": "assistant", "content": said}, {"role": "user", "content": [result]}]
    assert (await house.call("POST", "/v1/messages", {**body, "messages": HELLO + turns})).json
    (called,) = [it for it in up.seen[-1].body["messages"] if it["role"] == "assistant"]
    assert called.get("reasoning_content") == ("It may rain." if back else None)


async def test_what_says_nothing_arrives_byte_for_byte(house: House, up: Upstream) -> None:
    await house.add(up, options={"preset": "openai"})
    body = b'{"model":"acme/alpha", "messages":[{"role":"user","content":"hi"}],"temperature":1.0}'
    await house.post(body)
    assert up.seen[0].body_bytes == body.replace(b"acme/alpha", b"alpha")
