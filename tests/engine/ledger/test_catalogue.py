"""Published prices: the vendor's own address only, every tier, at the moment of the call."""

import random
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from genai_prices import Usage as TheirUsage
from genai_prices.data_snapshot import get_snapshot

from butler.engine.call import Usage
from butler.engine.ledger.catalogue import list_price, tiers
from butler.engine.ledger.prices import UNPRICED, cost_of

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("base_url", "model"),
    [
        ("https://api.openai.com/v1", "gpt-4o-mini"),
        ("https://API.OpenAI.com:443/v1/", "GPT-4o-mini"),
        ("https://api.anthropic.com", "claude-sonnet-4-5"),
        ("https://generativelanguage.googleapis.com/v1beta", "gemini-2.5-pro"),
        ("https://mine.openai.azure.com/openai", "gpt-4o-mini"),
        ("https://openrouter.ai/api/v1", "openai/gpt-4o-mini"),
        ("https://api.moonshot.cn/v1", "kimi-k2-0905-preview"),
    ],
)
def test_vendors_are_known_by_their_address(base_url: str, model: str) -> None:
    price = list_price(base_url, model, AT)
    assert price is not None
    assert price.source == "catalogue"
    assert price.input_usd
    assert price.output_usd


@pytest.mark.parametrize(
    "base_url",
    [
        "https://api.openai.com.other.tld/v1",
        "https://api.openai.com.other.tld",
        "https://api.openai.com@other.tld/v1",
        "https://api.openai.comrade.tld/v1",
        "https://other.tld/https://api.openai.com/v1",
        "https://other.tld/api.openai.com",
        "https://api.openai.com:8443/v1",
        "http://api.openai.com/v1",
        "https://api.openai.com:port/v1",
        "https://[api.openai.com/v1",
        "ftp://api.openai.com/v1",
        "",
    ],
)
def test_an_address_that_only_looks_like_a_vendor_is_nobodys(base_url: str) -> None:
    assert tiers(base_url, "gpt-4o-mini", AT) == ()


@pytest.mark.parametrize(
    ("base_url", "model"),
    [
        ("https://other.tld/x.googleapis.com/v1", "gemini-2.5-pro"),
        ("https://api.moonshot.other.tld/v1", "kimi-k2-0905-preview"),
        ("https://other.tld/mine.openai.azure.com/openai", "gpt-4o-mini"),
    ],
)
def test_open_patterns_do_not_reach_further(base_url: str, model: str) -> None:
    assert list_price(base_url, model, AT) is None


def test_the_price_rises_with_the_length_of_the_input() -> None:
    anthropic, model = "https://api.anthropic.com", "claude-sonnet-4-5"
    (short_above, short), (long_above, long) = tiers(anthropic, model, AT)
    assert (short_above, long_above) == (0, 200_000)
    assert (short.input_usd, long.input_usd) == (Decimal(3), Decimal(6))
    at_the_limit = cost_of(anthropic, model, Usage(200_000, 0), AT)
    beyond = cost_of(anthropic, model, Usage(200_001, 0), AT)
    assert (at_the_limit.usd, beyond.usd) == (Decimal("0.6"), Decimal("1.200006"))
    assert list_price(anthropic, model, AT) == short


def test_prices_of_the_hour() -> None:
    """A vendor that is cheaper at night is not billed at the day's price."""
    day = list_price("https://api.deepseek.com", "deepseek-flash", AT.replace(hour=2))
    night = list_price("https://api.deepseek.com", "deepseek-flash", AT.replace(hour=20))
    assert day
    assert night
    assert day.input_usd != night.input_usd


def test_every_cost_is_the_catalogues_own() -> None:
    """Our arithmetic against theirs, over all models that we price, at all lengths."""
    chance = random.Random(11)
    compared = 0
    for provider in get_snapshot().providers:
        address = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
        base_url = address.get(provider.id)
        for info in provider.models if base_url else ():
            input_tokens = chance.choice([10, 5_000, 150_000, 200_000, 272_001, 900_000])
            cached, written = chance.randrange(input_tokens // 2), chance.randrange(5)
            usage = Usage(input_tokens, chance.randrange(9_000), cached, cache_write_tokens=written)
            ours = cost_of(base_url, info.id, usage, AT)
            if ours == UNPRICED:
                continue
            found = provider.find_model(info.id)
            assert found is not None
            theirs = found.calc_price(
                TheirUsage(
                    input_tokens=usage.input_tokens,
                    output_tokens=usage.output_tokens,
                    cache_read_tokens=cached,
                    cache_write_tokens=written,
                ),
                provider,
                genai_request_timestamp=AT,
            )
            assert ours.usd == theirs.total_price, (info.id, usage)
            compared += 1
    assert compared > 80
