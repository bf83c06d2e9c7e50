"""What is known of a model, in a few words beside its name."""

from decimal import Decimal

from butler.contract.health import TargetHealth
from butler.contract.resources import Model, Prices
from butler.contract.texts import Texts


def model_words(texts: Texts, model: Model, health: TargetHealth | None) -> str:
    """Return how much a model holds, what it costs, and how it is doing."""
    told = [
        _context(model.context_tokens),
        _price(texts, model.price, local=model.local),
        _health(texts, health),
    ]
    return " · ".join(part for part in told if part)


def _context(tokens: int | None) -> str:
    if tokens is None:
        return ""
    if tokens >= 1_000_000:
        return f"{tokens / 1_000_000:.3g}M"
    # Sizes are told in thousands, or in powers of two that people call by the same letter.
    return f"{tokens // 1024 if tokens % 1024 == 0 else round(tokens / 1_000)}k"


def _price(texts: Texts, price: Prices | None, *, local: bool) -> str:
    if local and (price is None or not price.output_usd):
        return texts("model.free_here")
    if price is None or price.input_usd is None or price.output_usd is None:
        return texts("model.unpriced")
    return texts("model.price", given=_dollars(price.input_usd), written=_dollars(price.output_usd))


def _dollars(usd: Decimal) -> str:
    return f"${usd:.2f}" if usd >= Decimal("0.01") or not usd else f"${usd:f}"


def _health(texts: Texts, health: TargetHealth | None) -> str:
    if health is None:
        return ""
    if health.breaker is not None:
        return texts("model.failing")
    return texts("model.healthy") if health.failure_rate is not None else ""
