"""The catalogue of published prices, and which of them surely apply to a provider's address."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import ModelPrice, Provider, TieredPrices

from butler.engine.call import Price

Tier = tuple[int, Price]
"""A price, and above how many input tokens it is the one for all tokens of the call."""

_KEYS = ("input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok")
"""Their names of what `Price` holds, in its order."""
_FEE_PER_CALL = "requests_kcount"
_NOWHERE = "https://host.invalid"
_HOSTS_OF_OPEN_PATTERNS = {"moonshotai": ("api.moonshot.ai", "api.moonshot.cn")}
"""Vendors of which the catalogue tells only how the host begins."""

_SLOT_S = 900


def list_price(base_url: str, model: str, at: datetime) -> Price | None:
    """Return what a provider's own price list says of a model at a moment; None if nothing.

    Where the price rises with the length of the input it is that of short ones.
    """
    found = tiers(base_url, model, at)
    return found[0][1] if found else None


def tiers(base_url: str, model: str, at: datetime) -> tuple[Tier, ...]:
    """Return all prices of a model in rising order of length; empty where none is published."""
    # Price lists know dates and hours of the day, none of them finer than this.
    return _tiers(base_url, model.lower(), int(at.timestamp()) // _SLOT_S)


@lru_cache(maxsize=4096)
def _tiers(base_url: str, model: str, slot: int) -> tuple[Tier, ...]:
    at = datetime.fromtimestamp(slot * _SLOT_S, UTC)
    everybody = get_snapshot().providers
    for provider in _at_address(base_url):
        info = provider.find_model(model, all_providers=everybody) if model else None
        if info is not None:
            return _read(info.get_prices(at))
    return ()


def _at_address(base_url: str) -> Iterator[Provider]:
    """Give the vendors whose address this is: the host itself, not one that looks like it."""
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return
    if parts.scheme != "https" or port not in (None, 443):
        return
    origin = f"https://{host}"
    for provider in get_snapshot().providers:
        hosts = _HOSTS_OF_OPEN_PATTERNS.get(provider.id)
        if hosts is not None:
            found = host in hosts
        else:
            match = re.match(provider.api_pattern, origin + parts.path)
            # A pattern must reach the end of the host, and may not be content with the path.
            found = (
                match is not None
                and match.end() >= len(origin)
                and re.match(provider.api_pattern, _NOWHERE + parts.path) is None
            )
        if found:
            yield provider


def _read(prices: ModelPrice) -> tuple[Tier, ...]:
    """Return a model's prices by length; a fee for the call itself makes the total unknown."""
    if getattr(prices, _FEE_PER_CALL) is not None:
        return ()
    known = [getattr(prices, key) for key in _KEYS]
    if known[:2] == [None, None]:
        return ()
    starts = {0} | {
        tier.start for price in known if isinstance(price, TieredPrices) for tier in price.tiers
    }
    return tuple(
        (start, Price("catalogue", *(_above(start, price) for price in known)))
        for start in sorted(starts)
    )


def _above(start: int, price: Decimal | TieredPrices | None) -> Decimal | None:
    """Return a price for inputs longer than `start` tokens."""
    if not isinstance(price, TieredPrices):
        return price
    passed = [tier.price for tier in price.tiers if tier.start <= start]
    return passed[-1] if passed else price.base
