"""What a call would cost at a target, before it is made; every figure says where it is from."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from butler.contract.tasks import Task
from butler.engine.call import Call, Price, Target

_PER_MILLION = Decimal(1_000_000)
_USUAL_OUTPUT_TOKENS = {
    Task.CHAT: 150,
    Task.TRANSLATION: 250,
    Task.SUMMARIZATION: 300,
    Task.GENERAL: 350,
    Task.MATH: 500,
    Task.ANALYSIS: 700,
    Task.CREATIVE: 700,
    Task.CODING: 800,
}
"""Round figures, for comparison only: nobody knows how long an answer will be."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Dollars for one call; `usd` is None where a price that it needs is not known.

    `output_source` is `limit` where the request's own limit is lower than what is usual for the
    task, else `usual`.
    """

    usd: Decimal | None
    price: Price | None
    input_tokens: int
    output_tokens: int
    output_source: Literal["limit", "usual"]


def estimate(call: Call, target: Target) -> Estimate:
    """Estimate the price of a call at a target: the input as estimated, a usual answer."""
    price = call.runtime.facts(target).price
    input_tokens = call.known.input_tokens
    usual, limit = _USUAL_OUTPUT_TOKENS[call.known.task.task], call.known.output_limit
    is_limited = limit is not None and limit < usual
    output_tokens = limit if is_limited and limit is not None else usual
    return Estimate(
        _dollars(price, input_tokens, output_tokens),
        price,
        input_tokens,
        output_tokens,
        "limit" if is_limited else "usual",
    )


def _dollars(price: Price | None, input_tokens: int, output_tokens: int) -> Decimal | None:
    if price is None or price.input_usd is None or price.output_usd is None:
        return None
    return (price.input_usd * input_tokens + price.output_usd * output_tokens) / _PER_MILLION
