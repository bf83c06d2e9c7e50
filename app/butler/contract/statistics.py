"""Statistics as they travel: what to count, and what calls come to in local time."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from butler.contract.call_filter import CallFilter, WholeNumber

GroupBy = Literal[
    "layer", "rule", "model", "provider", "token", "client", "task", "modality", "thinking"
]


class StatisticsQuery(CallFilter):
    """What to count: the last seven days without `from`, widened to whole quarters of an hour.

    One filter, by the dimension of `group_by`, is answered from roll-ups, others from the log,
    as far as it reaches back. The `top` groups with most requests are named.
    """

    bucket: Literal["hour", "day", "week", "month"] | None = None
    group_by: GroupBy | None = None
    top: Annotated[int, Field(ge=1, le=1_000), WholeNumber] = 10


class Counts(BaseModel):
    """What calls add up to. `errors` are without the `cancelled`, whose client went away.

    `cost_usd` is without the `unpriced`; `estimated` calls had no usage reported.
    """

    requests: int
    errors: int
    cancelled: int
    fallbacks: int
    cache_hits: int
    estimated: int
    unpriced: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int
    images: int
    cost_usd: Decimal


class Percentiles(BaseModel):
    """How values are spread; each figure may be off by an eighth."""

    count: int
    p50: float
    p90: float
    p95: float
    p99: float


class Spread(BaseModel):
    """How long calls took, and how fast streamed answers came; None where nothing was measured."""

    overhead_ms: Percentiles | None = None
    ttft_ms: Percentiles | None = None
    duration_ms: Percentiles | None = None
    tokens_per_second: Percentiles | None = None


class Savings(BaseModel):
    """What the same tokens would have cost at the baseline, less what they did cost.

    Only calls count whose model the butler chose, that succeeded, and of which both prices are
    known; `covered_requests` says how many, the shares of how much. `method` is always
    `same_tokens_at_baseline`: nobody knows how many tokens the baseline would have taken.
    """

    baseline: str
    method: Literal["same_tokens_at_baseline"] = "same_tokens_at_baseline"
    saved_usd: Decimal
    baseline_usd: Decimal
    cost_usd: Decimal
    covered_requests: int
    covered_share_of_requests: float | None
    covered_share_of_tokens: float | None


class Group(BaseModel):
    """One value of the dimension that was asked for; a `key` of None gathers all further ones.

    `saved_usd` is None where no baseline is chosen. `last_at` is told of rules: when the latest
    of the counted calls began, None where the log does not hold it any more.
    """

    key: str | None
    label: str
    counts: Counts
    saved_usd: Decimal | None
    spread: Spread | None = None
    last_at: datetime | None = None


class Line(BaseModel):
    """One group through time: a figure for each slot."""

    key: str | None
    label: str
    requests: list[int]
    errors: list[int]
    fallbacks: list[int]
    cache_hits: list[int]
    input_tokens: list[int]
    output_tokens: list[int]
    images: list[int]
    cost_usd: list[Decimal]
    saved_usd: list[Decimal] | None


class Series(BaseModel):
    """Lines over slots of local time; `starts_at` says when each begins."""

    starts_at: list[datetime]
    lines: list[Line]


class FallbackReason(BaseModel):
    """How many calls left their first target, and why."""

    reason: str
    requests: int


class Statistics(BaseModel):
    """What calls came to in a stretch of time.

    `source` tells whether the roll-ups answered or the log, and `complete` whether it reaches
    back as far as was asked: rows older than their retention are gone. `spread` is left empty for
    more than 31 days of one provider, token, client, task or kind: roll-ups hold none of it.
    """

    starts_at: datetime
    ends_at: datetime
    tz: str | None
    bucket: Literal["hour", "day", "week", "month"] | None
    group_by: GroupBy | None
    source: Literal["rollups", "log"]
    complete: bool
    totals: Counts
    cache_hit_rate: float | None
    savings: Savings | None
    spread: Spread
    fallbacks: list[FallbackReason]
    groups: list[Group]
    series: Series | None
