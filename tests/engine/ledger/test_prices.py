"""Costs come from published prices, and only where they surely apply."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from butler.engine.call import Usage, UsageSource
from butler.engine.ledger.prices import Cost, cost_of, warm_up

OPENAI = "https://api.openai.com/v1"
AT = datetime(2026, 6, 1, tzinfo=UTC)


def usage(input_: int | None, output: int | None, cached: int | None = None) -> Usage:
    return Usage(input_, output, cached, source=UsageSource.REPORTED)


@pytest.mark.parametrize(
    ("model", "used", "usd"),
    [
        # List price: 0.15 $ and 0.60 $ a million, 0.075 $ for what was cached.
        ("gpt-4o-mini", usage(1_000_000, 0), "0.15"),
        ("gpt-4o-mini", usage(0, 1_000_000), "0.6"),
        ("gpt-4o-mini", usage(1_000_000, 0, 1_000_000), "0.075"),
        ("gpt-4o-mini", usage(1_000, 1_000, 500), "0.0007125"),
        ("gpt-4o-mini-2024-07-18", usage(1_000_000, 0), "0.15"),
        ("gpt-4o-mini", usage(0, 0), "0"),
    ],
)
def test_a_known_model_at_its_vendor(model: str, used: Usage, usd: str) -> None:
    cost = cost_of(OPENAI, model, used, AT)
    assert cost == Cost(Decimal(usd), "priced")
    assert type(cost.usd) is Decimal


@pytest.mark.parametrize(
    ("base_url", "model"),
    [
        ("http://127.0.0.1:11434/v1", "gpt-4o-mini"),
        ("https://gateway.example/v1", "gpt-4o-mini"),
        (OPENAI, "a-model-of-tomorrow"),
        (OPENAI, ""),
        (None, "gpt-4o-mini"),
        ("", "gpt-4o-mini"),
        ("not a url", "gpt-4o-mini"),
    ],
)
def test_what_nobody_published_a_price_for_is_unpriced_not_free(
    base_url: str | None, model: str
) -> None:
    assert cost_of(base_url, model, usage(10, 10), AT) == Cost(None, "unpriced")


@pytest.mark.parametrize("used", [usage(None, 1), usage(1, None), Usage()])
def test_an_unknown_usage_has_an_unknown_cost(used: Usage) -> None:
    assert cost_of(OPENAI, "gpt-4o-mini", used, AT) == Cost(None, "unknown")


def test_counts_that_contradict_each_other_have_no_price() -> None:
    assert cost_of(OPENAI, "gpt-4o-mini", usage(1, 1, 100), AT) == Cost(None, "unpriced")


def test_the_catalogue_is_there_without_a_network() -> None:
    warm_up()
