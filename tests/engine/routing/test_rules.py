"""Rules are tried from the highest priority down, equal ones in the order of their making."""

import random

import pytest

from butler.engine.errors import ConfigError
from butler.engine.routing.rules import in_order
from tests.engine.routing.calls import CHEAP, STRONG, keywords, rule, saying

ANY = {"kind": "tokens", "min": 0}


def test_a_compiled_rule_keeps_what_was_written() -> None:
    compiled = rule("rule_1", keywords("api"), 700, STRONG, CHEAP)
    assert (compiled.id, compiled.name, compiled.priority) == ("rule_1", "rule rule_1", 700)
    assert compiled.targets == (STRONG, CHEAP)


def test_a_rule_holds_where_its_condition_holds() -> None:
    compiled = rule("rule_1", {"all": [keywords("api"), {"none": [keywords("old")]}]})
    assert compiled.match(saying("the new api")) is not None
    assert compiled.match(saying("the old api")) is None


def test_a_condition_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ConfigError, match="at least one word"):
        rule("rule_1", keywords())


def test_priority_goes_before_age() -> None:
    wanted = [("b", 1000), ("c", 501), ("a", 500), ("d", 500), ("e", 500), ("f", 0)]
    rules = [rule(id_, ANY, priority) for id_, priority in wanted]
    random.Random(3).shuffle(rules)
    assert [(one.id, one.priority) for one in in_order(rules)] == wanted
