"""To stay or to go follows from prices, sizes and the time since the last turn."""

from decimal import Decimal

import pytest

from butler.engine.call import Call, ModelFacts, Price, Target, UseTargets
from butler.engine.routing.pins import Pin
from butler.engine.routing.stickiness import Choice, Stickiness, choose
from tests.engine.routing.calls import CHEAP, STRONG, Revision, saying

DEAR, UNKNOWN = Target("shop", "dear"), Target("shop", "unknown")
FACTS = {
    STRONG: ModelFacts(price=Price("owner", Decimal(3), Decimal(15), Decimal("0.3"))),
    CHEAP: ModelFacts(price=Price("owner", Decimal(1), Decimal(15))),
    DEAR: ModelFacts(price=Price("owner", Decimal(15), Decimal(75))),
}
LONG = "word " * 20_000


def asked(text: str = LONG) -> Call:
    call = saying(text)
    call.runtime = Revision(known_facts=FACTS)
    return call


def choice(
    other: Target,
    *,
    pinned: Target = STRONG,
    prefix: int = 25_000,
    idle_s: float = 10,
    text: str = LONG,
) -> Choice:
    call = asked(text)
    pin = Pin(
        pinned, UseTargets((pinned,), "rules", ""), prefix, call.started_ns - int(idle_s * 1e9)
    )
    return choose(call, pin, other, Stickiness())


def test_a_warm_cache_is_cheaper_than_a_cheaper_model() -> None:
    found = choice(CHEAP)
    assert found.stays
    assert "staying costs about $" in found.reason
    assert "shop/cheap" in found.reason


@pytest.mark.parametrize(
    ("other", "change", "reason"),
    [
        (CHEAP, {"idle_s": 400}, "the last turn was 7 minutes ago"),
        (CHEAP, {"prefix": 500}, "only about 500 tokens may be cached"),
        (CHEAP, {"prefix": 2_000}, "staying costs about"),
        (DEAR, {}, "is asked for its worth"),
        (UNKNOWN, {}, "prices that would tell are not known"),
        (STRONG, {"pinned": CHEAP}, "prices that would tell are not known"),
    ],
)
def test_what_makes_a_conversation_go(
    other: Target, change: dict[str, object], reason: str
) -> None:
    found = choice(other, **change)  # type: ignore[arg-type]
    assert not found.stays
    assert reason in found.reason
