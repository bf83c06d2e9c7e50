"""What an answer cost, from a catalogue of published prices; what has no price stays unpriced."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from genai_prices import Usage as PricedUsage
from genai_prices.data_snapshot import get_snapshot

from butler.engine.call import Usage

CostSource = Literal["priced", "unpriced", "unknown"]


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost in US dollars; None unless the catalogue knows the price and the usage is known."""

    usd: Decimal | None
    source: CostSource


def warm_up() -> None:
    """Load the catalogue, so that the first price is not slow. Blocks for some 100 ms."""
    _price("https://api.openai.com/v1", "gpt-4o-mini", (1, 1, None), datetime.now(UTC).date())


def cost_of(base_url: str | None, model: str, usage: Usage, at: datetime) -> Cost:
    """Return the cost of one answer by a model under a base URL, at a moment's prices.

    Only the provider's own list price counts: the same model at an address that the catalogue
    does not know (a local server, somebody's gateway) is unpriced.
    """
    if usage.input_tokens is None or usage.output_tokens is None:
        return Cost(None, "unknown")
    tokens = (usage.input_tokens, usage.output_tokens, usage.cached_tokens)
    usd = _price(base_url, model, tokens, at.date()) if base_url else None
    return Cost(usd, "unpriced" if usd is None else "priced")


@lru_cache(maxsize=4096)
def _price(
    base_url: str, model: str, tokens: tuple[int, int, int | None], day: object
) -> Decimal | None:
    """Look a price up; the day is part of the key because catalogues date their prices."""
    try:
        provider, info = get_snapshot().find_provider_model(model, None, None, base_url)
        usage = PricedUsage(
            input_tokens=tokens[0], output_tokens=tokens[1], cache_read_tokens=tokens[2]
        )
        return info.calc_price(usage, provider).total_price
    except (LookupError, ValueError):
        return None
