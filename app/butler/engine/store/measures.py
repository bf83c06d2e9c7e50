"""What statistics are made of: stretches of time, dimensions, sums, and measured distributions.

Each is said once, in SQL over the rows of the log. The recorder counts the same in memory; a
test keeps the two equal.
"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Text, and_, case, cast, func, literal, type_coerce
from sqlalchemy.sql.elements import ColumnElement

from butler.engine.store.tables import requests

QUARTER_S = 900
WIDTHS = (672, 96, 16, 4, 1)
"""The lengths of roll-ups in quarters of an hour: seven days, a day (UTC), four hours, and so on.

Every zone's clock differs from UTC by whole quarters, so any local day is a sum of these.
"""

CANCELLED = 499
CACHE_LAYERS = ("exact_cache", "semantic_cache")
EVERYTHING = "all"
"""The dimension with one value, the empty text: every call."""

_E12 = ("1.0", "1.2", "1.5", "1.8", "2.2", "2.7", "3.3", "3.9", "4.7", "5.6", "6.8", "8.2")
EDGES: tuple[float, ...] = tuple(
    float(f"{step}e{power}") for power in range(-3, 7) for step in _E12
)
"""Where bins begin: twelve for each power of ten, from a microsecond (in ms) to 8.2 million."""

_calls = requests.c


def quarter_of(at: datetime) -> int:
    """Return in which quarter of an hour since 1970 an instant lies."""
    return int(at.timestamp() // QUARTER_S)


def bin_of(value: float | None) -> int | None:
    """Return the bin of a measured value; bin 0 is below the first edge."""
    return None if value is None else bisect_right(EDGES, value)


def _text(column: ColumnElement[Any]) -> ColumnElement[str]:
    return func.coalesce(type_coerce(column, Text), "")


DIMENSIONS: Mapping[str, ColumnElement[str]] = {
    EVERYTHING: literal(""),
    "layer": _text(_calls.layer),
    "rule": _text(_calls.rule_id),
    "model": _text(_calls.target),
    "provider": _text(_calls.provider),
    "token": _text(_calls.token_id),
    "client": _text(_calls.client),
    "task": _text(_calls.task),
    "endpoint": _text(_calls.endpoint),
    "modality": _text(_calls.modalities),
    "thinking": _text(_calls.thinking),
    "streaming": case((_calls.streaming, "true"), else_="false"),
    "fallback": _text(_calls.fallback),
}
"""By what calls are told apart; unknown is the empty text, `modality` a JSON list."""

DISTRIBUTED = (EVERYTHING, "layer", "rule", "model")
"""The dimensions whose roll-ups hold histograms too."""


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _sum(column: ColumnElement[Any]) -> ColumnElement[int]:
    # Typed as the plain number that is stored, whatever the column makes of it.
    return cast(func.coalesce(func.sum(type_coerce(column, BigInteger)), 0), BigInteger)


_covered = and_(_calls.cost_usd.is_not(None), _calls.baseline_usd.is_not(None))
_tokens = func.coalesce(_calls.input_tokens, 0) + func.coalesce(_calls.output_tokens, 0)

SUMS: Mapping[str, ColumnElement[int]] = {
    "requests": func.count(),
    "errors": _count(and_(_calls.status >= 400, _calls.status != CANCELLED)),
    "cancelled": _count(_calls.status == CANCELLED),
    "fallbacks": _count(_calls.fallback.is_not(None)),
    "cache_hits": _count(_calls.layer.in_(CACHE_LAYERS)),
    "estimated": _count(_calls.usage_source == "estimated"),
    "unpriced": _count(_calls.cost_source == "unpriced"),
    "input_tokens": _sum(_calls.input_tokens),
    "output_tokens": _sum(_calls.output_tokens),
    "cached_tokens": _sum(_calls.cached_tokens),
    "cache_write_tokens": _sum(_calls.cache_write_tokens),
    "reasoning_tokens": _sum(_calls.reasoning_tokens),
    "images": _sum(_calls.images),
    "cost_picousd": _sum(_calls.cost_usd),
    "covered": _count(_covered),
    "covered_tokens": _sum(case((_covered, _tokens))),
    "covered_picousd": _sum(case((_covered, type_coerce(_calls.cost_usd, BigInteger)))),
    "baseline_picousd": _sum(case((_covered, type_coerce(_calls.baseline_usd, BigInteger)))),
}
"""What is added up, in the order of the columns of `rollups`; money as it is stored."""

MEASURES: Mapping[str, Column[Any]] = {
    "overhead_ms": _calls.overhead_bin,
    "ttft_ms": _calls.ttft_bin,
    "duration_ms": _calls.duration_bin,
    "tokens_per_second": _calls.speed_bin,
}
"""What histograms are kept of, by the column that holds a call's bin; None where it has none."""


def tokens_per_second(
    output_tokens: int | None, ttft_ms: float | None, duration_ms: float
) -> float | None:
    """Return how fast a streamed answer came once it had begun; None where nobody can say."""
    if not output_tokens or ttft_ms is None or duration_ms <= ttft_ms:
        return None
    return output_tokens * 1000.0 / (duration_ms - ttft_ms)
