"""What a call is for is told from its headers."""

from tests.engine.routing.calls import call, condition

CLAUDE = {"User-Agent": "claude-cli/2.1.330 (external, cli)"}
HI = {"messages": [{"role": "user", "content": "hi"}]}


def test_the_kind_of_call_is_compared() -> None:
    side = {"kind": "call_kind", "kinds": ["subagent", "title"]}
    agent = call(HI, headers={**CLAUDE, "x-claude-code-agent-id": "a1"})
    assert condition(side).match(agent) is not None
    main = call(HI, headers={**CLAUDE, "x-claude-code-request-class": "main"})
    assert condition(side).match(main) is None
    assert condition({"kind": "call_kind", "kinds": ["main"]}).match(main) is not None
