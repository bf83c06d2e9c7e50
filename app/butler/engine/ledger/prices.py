"""What an answer cost: by the owner's prices, else the vendor's published ones, else unpriced."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

from butler.engine.call import NO_FACTS, ModelFacts, Price, Target, Usage
from butler.engine.ledger import catalogue

CostSource = Literal["priced", "unpriced", "unknown"]

_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost in US dollars; None unless the usage and all prices that it needs are known.

    `priced_by` is `owner`, `catalogue`, `cache`, or `local`: what runs on the owner's machines
    costs nothing, unless the owner has put a price on it.
    """

    usd: Decimal | None
    source: CostSource
    priced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The model that the owner compares costs with, and where it is."""

    target: Target
    base_url: str
    facts: ModelFacts


UNKNOWN = Cost(None, "unknown")
UNPRICED = Cost(None, "unpriced")
FREE = Cost(Decimal(0), "priced", "cache")
"""What an answer costs that was kept: nobody was asked again."""


def warm_up() -> None:
    """Load the catalogue, so that the first price is not slow. Blocks for some 100 ms."""
    catalogue.list_price("https://api.openai.com/v1", "gpt-4o-mini", datetime.now(UTC))


def cost_of(
    base_url: str | None, model: str, usage: Usage, at: datetime, facts: ModelFacts = NO_FACTS
) -> Cost:
    """Return the cost of one answer by a model under a base URL, at a moment's prices.

    Of published prices only the provider's own count: the same model at an address that the
    catalogue does not know (somebody's gateway) is unpriced.
    """
    if not usage.images and (usage.input_tokens is None or usage.output_tokens is None):
        return UNKNOWN
    own = facts.price if facts.price and facts.price.source == "owner" else None
    if own is not None:
        return cost_at(own, usage)
    if facts.local:
        return Cost(Decimal(0), "priced", "local")
    found = None
    for above, price in catalogue.tiers(base_url, model, at) if base_url else ():
        if above == 0 or (usage.input_tokens or 0) > above:
            found = price
    return cost_at(found, usage) if found else UNPRICED


def cost_at(price: Price, usage: Usage) -> Cost:
    """Return the cost of an answer at a price; what is used and has no price leaves it unpriced.

    Tokens read from a cache, or written to it, cost as much as others where no price says more.
    A price for images alone is for all that they take.
    """
    cached, written = usage.cached_tokens or 0, usage.cache_write_tokens or 0
    plain = (usage.input_tokens or 0) - cached - written
    if plain < 0:
        return UNPRICED
    if usage.images and price.image_usd is not None and price.output_usd is None:
        return Cost(usage.images * price.image_usd, "priced", price.source)
    usd = Decimal(0)
    for tokens, rate in (
        (plain, price.input_usd),
        (cached, price.input_usd if price.cached_usd is None else price.cached_usd),
        (written, price.input_usd if price.cache_write_usd is None else price.cache_write_usd),
        (usage.output_tokens or 0, price.output_usd),
    ):
        if tokens:
            if rate is None:
                return UNPRICED
            usd += tokens * rate
    usd /= _MILLION
    if usage.images:
        if price.image_usd is None:
            return UNPRICED
        usd += usage.images * price.image_usd
    return Cost(usd, "priced", price.source)
