"""The calling tool is told from its headers."""

from tests.engine.routing.calls import call, condition

HI = {"messages": [{"role": "user", "content": "hi"}]}


def test_the_tool_is_compared() -> None:
    asked = call(HI, headers={"User-Agent": "claude-cli/2.1 (external, cli)"})
    assert condition({"kind": "client", "clients": ["Claude-Code"]}).match(asked) is not None
    assert condition({"kind": "client", "clients": ["codex"]}).match(asked) is None
    assert condition({"kind": "client", "clients": ["*"]}).match(call(HI)) is None
