"""An estimate names its sources, and each of its figures follows its own input."""

from decimal import Decimal
from typing import Any

from butler.engine.call import Call, ModelFacts, Price
from butler.engine.routing.estimate import estimate
from tests.engine.routing.calls import CHEAP, STRONG, Revision, saying

FACTS = {
    CHEAP: ModelFacts(price=Price("owner", Decimal(1), Decimal(2))),
    STRONG: ModelFacts(price=Price("catalogue", Decimal(10))),
}
CODE = "Write a Python function that parses a date."


def asked(text: str = CODE, **more: Any) -> Call:
    call = saying(text, **more)
    call.runtime = Revision(known_facts=FACTS)
    return call


def test_input_and_output_have_their_own_prices() -> None:
    found = estimate(asked(), CHEAP)
    assert found.usd == Decimal(found.input_tokens + 2 * found.output_tokens) / 1_000_000
    assert found.output_source == "usual"


def test_a_longer_request_costs_more() -> None:
    short, long = estimate(asked(), CHEAP), estimate(asked(CODE * 50), CHEAP)
    assert short.usd is not None
    assert long.usd is not None
    assert long.usd > short.usd


def test_a_tight_limit_counts_and_a_wide_one_does_not() -> None:
    tight, wide = estimate(asked(max_tokens=10), CHEAP), estimate(asked(max_tokens=32_000), CHEAP)
    assert (tight.output_tokens, tight.output_source) == (10, "limit")
    assert wide == estimate(asked(), CHEAP)


def test_another_task_has_another_usual_answer() -> None:
    assert estimate(asked("hi!"), CHEAP).output_tokens < estimate(asked(), CHEAP).output_tokens


def test_what_has_no_price_is_not_free() -> None:
    assert estimate(asked(), STRONG).usd is None
    assert estimate(saying("hi"), STRONG).usd is None
