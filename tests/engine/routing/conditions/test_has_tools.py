"""Whether there are tools, or none."""

from tests.engine.routing.calls import call, condition

HI = {"messages": [{"role": "user", "content": "hi"}]}
TOOL = {"type": "function", "function": {"name": "f"}}


def test_tools_are_there_or_not() -> None:
    with_tools, without = call({**HI, "tools": [TOOL]}), call(HI)
    wanted, unwanted = (
        condition({"kind": "has_tools"}),
        condition({"kind": "has_tools", "value": False}),
    )
    assert wanted.match(with_tools) is not None
    assert wanted.match(without) is None
    assert unwanted.match(without) is not None
    assert unwanted.match(with_tools) is None
