"""The requested model is compared as the client wrote it; nothing means `auto`."""

from butler.engine.routing.conditions.requested_model import names_asked_for
from tests.engine.routing.calls import call, condition

HI = [{"role": "user", "content": "hi"}]


def test_the_requested_name_is_compared() -> None:
    haiku = condition({"kind": "requested_model", "models": ["claude-haiku-*"]})
    assert haiku.match(call({"model": "claude-haiku-9", "messages": HI})) is not None
    assert haiku.match(call({"model": "claude-opus-9", "messages": HI})) is None


def test_no_name_is_auto() -> None:
    auto = condition({"kind": "requested_model", "models": ["auto"]})
    assert auto.match(call({"messages": HI})) is not None
    assert auto.match(call({"model": "Auto", "messages": HI})) is not None


def test_the_names_that_a_rule_asks_for_are_found_in_its_groups() -> None:
    spec = {"kind": "requested_model", "models": ["a", 5]}
    when = {"all": [{"any": [spec, "odd"]}, {"none": [{**spec, "models": ["b"]}]}, 7]}
    assert list(names_asked_for(when)) == ["a"]
    assert list(names_asked_for(None)) == list(names_asked_for({"all": "x"})) == []
