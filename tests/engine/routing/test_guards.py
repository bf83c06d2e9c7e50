"""The first privacy rule that holds binds the call; one without targets leaves none."""

from butler.engine.call import Call
from butler.engine.routing.guards import Guards
from butler.engine.routing.rules import RuleSpec, compile_rule, in_order
from tests.engine.routing.calls import CHEAP, STRONG, keywords, reader, rule, saying

SECRETS = {"all": [{"kind": "contains_secrets"}]}
PRIVATE_WORD = {"all": [keywords("payroll"), {"kind": "private"}]}


def bound(guards: Guards, text: str) -> Call:
    call = saying(text)
    guards.bind(call)
    return call


def test_only_a_privacy_rule_that_holds_binds() -> None:
    guards = Guards([rule("a", keywords("hello")), rule("b", SECRETS, 500, CHEAP)])
    assert bound(guards, "hello").permitted is None
    call = bound(guards, "hello, write to bob@acme.io")
    assert call.permitted == {CHEAP}
    assert call.permitted_by == "the privacy rule “rule b”"


def test_the_first_one_binds() -> None:
    rules = [rule("a", SECRETS, 1, CHEAP), rule("b", PRIVATE_WORD, 2, STRONG)]
    guards = Guards(in_order(rules))
    assert bound(guards, "payroll of bob@acme.io").permitted == {STRONG}
    assert bound(guards, "bob@acme.io").permitted == {CHEAP}


def test_a_privacy_rule_that_holds_for_another_reason_does_not_bind() -> None:
    when = {"any": [keywords("hello"), {"kind": "contains_secrets"}]}
    guards = Guards([rule("a", when, 500, CHEAP)])
    assert bound(guards, "hello").permitted is None
    assert bound(guards, "hello bob@acme.io").permitted == {CHEAP}


def test_a_rule_without_living_targets_leaves_none() -> None:
    broken = compile_rule(RuleSpec("a", "a", 1, SECRETS, (), missing=("home/gone",)), reader())
    assert bound(Guards([broken]), "bob@acme.io").permitted == frozenset()
