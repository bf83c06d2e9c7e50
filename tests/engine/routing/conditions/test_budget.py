"""Reserved: read and checked, and never true."""

from butler.engine.routing.conditions import budget
from tests.engine.routing.calls import match, refusal


def test_it_is_accepted_and_never_holds() -> None:
    states = list(budget.KIND.fields[0].type.removeprefix("choices:").split(","))
    assert match({"kind": "budget", "states": states}, "hello") is None


def test_an_unknown_state_is_refused() -> None:
    assert refusal({"kind": "budget", "states": ["rich"]}).field == "when.states"
