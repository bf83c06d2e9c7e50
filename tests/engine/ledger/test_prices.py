"""Costs come from the owner's prices, else published ones, and only where they surely apply."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from butler.engine.call import ModelFacts, Price, Usage, UsageSource
from butler.engine.ledger.prices import UNKNOWN, UNPRICED, Cost, cost_of, warm_up

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
    assert cost == Cost(Decimal(usd), "priced", "catalogue")
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


OWN = Price(
    source="owner",
    input_usd=Decimal(2),
    output_usd=Decimal(8),
    cached_usd=Decimal("0.5"),
    cache_write_usd=Decimal("2.5"),
    image_usd=Decimal("0.04"),
)


def of_owner(used: Usage, price: Price = OWN, *, local: bool = False) -> Cost:
    return cost_of(OPENAI, "gpt-4o-mini", used, AT, ModelFacts(price=price, local=local))


def test_the_owners_prices_beat_the_catalogue() -> None:
    used = Usage(1_000_000, 500_000, 400_000, 7, cache_write_tokens=100_000, images=3)
    # 500,000 plain at 2 $, 400,000 read and 100,000 written, half a million out, three images.
    assert of_owner(used) == Cost(
        Decimal(1) + Decimal("0.2") + Decimal("0.25") + Decimal(4) + Decimal("0.12"),
        "priced",
        "owner",
    )


def test_cached_tokens_cost_as_others_where_no_price_says_more() -> None:
    plain = Price(source="owner", input_usd=Decimal(2), output_usd=Decimal(8))
    used = Usage(1_000_000, 0, 400_000, cache_write_tokens=100_000)
    assert of_owner(used, plain).usd == Decimal(2)


def test_what_is_used_and_has_no_price_leaves_the_whole_unpriced() -> None:
    half = Price(source="owner", input_usd=Decimal(2))
    assert of_owner(Usage(1_000, 0), half).usd == Decimal("0.002")
    assert of_owner(Usage(1_000, 1), half) == UNPRICED
    assert of_owner(Usage(1_000, 0, images=1), half) == UNPRICED
    assert of_owner(Usage(1_000, 0, cache_write_tokens=2_000)) == UNPRICED


def test_images_have_a_cost_without_any_tokens() -> None:
    assert of_owner(Usage(images=2)).usd == Decimal("0.08")
    assert of_owner(Usage(images=0)) == UNKNOWN
    assert cost_of(OPENAI, "gpt-4o-mini", Usage(images=1), AT) == UNPRICED


def test_a_local_model_costs_nothing_unless_its_owner_says_so() -> None:
    local = ModelFacts(local=True)
    here = "http://127.0.0.1:11434/v1"
    assert cost_of(here, "llama", usage(10, 10), AT, local) == Cost(Decimal(0), "priced", "local")
    assert cost_of(here, "llama", usage(None, 10), AT, local) == UNKNOWN
    assert of_owner(usage(1_000_000, 0), local=True) == Cost(Decimal(2), "priced", "owner")
    assert cost_of(here, "gpt-4o-mini", usage(10, 10), AT) == UNPRICED


def test_zero_and_unpriced_are_two_things() -> None:
    free = Price(source="owner", input_usd=Decimal(0), output_usd=Decimal(0))
    assert of_owner(usage(10, 10), free) == Cost(Decimal(0), "priced", "owner")


def test_the_catalogue_is_there_without_a_network() -> None:
    warm_up()
