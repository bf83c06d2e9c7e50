"""Who decided, and why, in a few words."""

from butler.contract.texts import load_texts
from butler.desktop.layers import decided_by, level_text, reason
from tests.desktop import samples

_TEXTS = load_texts("en")


def test_a_rule_is_called_by_its_name() -> None:
    assert decided_by(samples.call(), _TEXTS) == "Coding Rule"
    assert reason(samples.call()) == "task is coding (0.97)"


def test_other_layers_are_called_by_theirs() -> None:
    call = samples.call(layer="default", rule_name=None, trace=samples.default_trace())
    assert decided_by(call, _TEXTS) == "Default"
    assert reason(call) == "the default model"


def test_where_nothing_was_decided_the_error_tells() -> None:
    call = samples.call(layer=None, trace=[], error="There is no model gpt-9.")
    assert decided_by(call, _TEXTS) == "nobody"
    assert reason(call) == "There is no model gpt-9."


def test_levels_are_for_those_who_ask() -> None:
    assert level_text("rules", _TEXTS) == "Rule, L1"
    assert level_text("default", _TEXTS) == "Default"
