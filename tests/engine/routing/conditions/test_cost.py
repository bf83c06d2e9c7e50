"""The price of the rule's first target, or of a named one; unpriced is not free."""

from decimal import Decimal
from typing import Any

import pytest

from butler.engine.call import Call, ModelFacts, Price
from tests.engine.routing.calls import CHEAP, STRONG, Revision, reader, refusal, saying

FACTS = {
    CHEAP: ModelFacts(price=Price("owner", Decimal("0.5"), Decimal(2))),
    STRONG: ModelFacts(price=Price("catalogue", Decimal(3))),
}


def asked() -> Call:
    call = saying("hi")
    call.runtime = Revision(known_facts=FACTS)
    return call


@pytest.mark.parametrize(
    ("spec", "holds"),
    [
        ({"max_input_usd": 0.5}, True),
        ({"max_input_usd": 0.49}, False),
        ({"max_output_usd": 2}, True),
        ({"max_input_usd": 1, "max_output_usd": 1.5}, False),
        ({"max_input_usd": 1, "target": "shop/strong"}, False),
        ({"max_input_usd": 3, "target": "shop/strong"}, True),
        ({"max_output_usd": 9, "target": "shop/strong"}, False),
        ({"max_output_usd": 9, "target": "shop/strong", "unknown": "holds"}, True),
        ({"max_input_usd": 9, "target": "shop/nobody"}, False),
    ],
)
def test_the_price_is_compared(spec: dict[str, Any], holds: bool) -> None:
    found = reader().about(CHEAP).read({"kind": "cost", **spec}).match(asked())
    assert (found is not None) is holds


def test_the_match_tells_target_and_price() -> None:
    found = reader().about(CHEAP).read({"kind": "cost", "max_input_usd": 1}).match(asked())
    assert found is not None
    assert found.reason == "shop/cheap costs input $0.5 per 1M tokens"


def test_a_rule_without_any_target_has_no_price() -> None:
    assert reader().read({"kind": "cost", "max_input_usd": 1}).match(asked()) is None


def test_a_bound_is_needed() -> None:
    assert refusal({"kind": "cost"}).field == "when.max_input_usd"
