"""A token is known by its name or its id."""

from tests.engine.routing.calls import call, condition

HI = {"messages": [{"role": "user", "content": "hi"}]}


def test_the_token_is_compared() -> None:
    work = condition({"kind": "token", "tokens": ["work*"]})
    assert work.match(call(HI, caller="work-laptop")) is not None
    assert work.match(call(HI, caller="home")) is None


def test_a_call_without_a_token_is_none() -> None:
    asked = call(HI)
    asked.caller = None
    assert condition({"kind": "token", "tokens": ["*"]}).match(asked) is None
