"""Percentiles out of bins lie near those of the values themselves."""

import random
from collections import Counter

import pytest

from butler.engine.ledger.percentiles import RELATIVE_ERROR, percentile
from butler.engine.store.measures import EDGES, bin_of


def bins(values: list[float]) -> Counter[int]:
    return Counter(found for value in values if (found := bin_of(value)) is not None)


@pytest.mark.parametrize("share", [0.5, 0.9, 0.95, 0.99])
@pytest.mark.parametrize("spread", ["narrow", "wide", "even"])
def test_percentiles_are_as_near_as_they_say(share: float, spread: str) -> None:
    chance = random.Random(3)
    draw = {
        "narrow": lambda: chance.lognormvariate(0, 0.3),
        "wide": lambda: chance.lognormvariate(6, 2),
        "even": lambda: chance.uniform(10, 1_000),
    }[spread]
    values = sorted(draw() for _ in range(5_000))
    exact = values[int(share * len(values))]
    found = percentile(bins(values), share)
    assert found == pytest.approx(exact, rel=RELATIVE_ERROR)


def test_one_value() -> None:
    assert percentile(bins([42.0]), 0.99) == pytest.approx(42, rel=RELATIVE_ERROR)
    assert percentile(bins([42.0]), 0.5) == percentile(bins([42.0]), 0.99)


def test_nothing_has_no_percentile() -> None:
    assert percentile({}, 0.5) is None


def test_beyond_the_edges() -> None:
    below = percentile({0: 10}, 0.5)
    assert below is not None
    assert 0 <= below <= EDGES[0]
    assert percentile({len(EDGES): 10}, 0.5) == EDGES[-1]


def test_higher_shares_have_higher_values() -> None:
    chance = random.Random(4)
    counts = bins([chance.expovariate(0.01) for _ in range(300)])
    found = [percentile(counts, share / 100) or 0 for share in range(1, 101)]
    assert found == sorted(found)
