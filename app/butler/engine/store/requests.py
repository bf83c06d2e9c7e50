"""The log of requests: one row per call, failed and cancelled ones too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, not_, or_, select, tuple_
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.bulk import insert_many
from butler.engine.store.measures import (
    CACHE_LAYERS,
    CANCELLED,
    DIMENSIONS,
    QUARTER_S,
    bin_of,
    quarter_of,
    tokens_per_second,
)
from butler.engine.store.rows import record_of
from butler.engine.store.tables import requests


@dataclass(slots=True, kw_only=True)
class RequestRecord:
    """One call as it went; None means unknown or not there, never zero.

    Never changed, though not frozen: so it is made in a quarter of the time, once per call.
    """

    id: str
    started_at: datetime
    token_id: str | None
    token_name: str | None
    client: str | None
    call_kind: str | None
    conversation: str | None
    endpoint: str
    requested_model: str | None
    modalities: tuple[str, ...]
    thinking: str | None
    streaming: bool
    layer: str | None
    rule_id: str | None
    rule_name: str | None
    target: str | None
    attempts: Sequence[Mapping[str, Any]]
    ttft_ms: float | None
    duration_ms: float
    overhead_ms: float | None
    input_tokens: int | None
    output_tokens: int | None
    cached_tokens: int | None
    reasoning_tokens: int | None
    usage_source: str
    cost_usd: Decimal | None
    cost_source: str
    status: int
    error: str | None
    task: str | None
    task_confidence: float | None
    trace: Sequence[Mapping[str, Any]]
    finish: str | None = None
    fallback: str | None = None
    cache_write_tokens: int | None = None
    images: int | None = None
    price_source: str | None = None
    baseline: str | None = None
    baseline_usd: Decimal | None = None
    revision: int | None = None
    warnings: Sequence[str] = ()
    signals: Mapping[str, Any] = field(default_factory=dict)

    @property
    def quarter(self) -> int:
        """The quarter of an hour in which it started, counted from 1970."""
        return quarter_of(self.started_at)

    @property
    def overhead_bin(self) -> int | None:
        """The bin of its overhead."""
        return bin_of(self.overhead_ms)

    @property
    def ttft_bin(self) -> int | None:
        """The bin of its time to the first content."""
        return bin_of(self.ttft_ms)

    @property
    def duration_bin(self) -> int | None:
        """The bin of its duration."""
        return bin_of(self.duration_ms)

    @property
    def speed_bin(self) -> int | None:
        """The bin of its tokens per second, once a stream had begun."""
        if not self.streaming:
            return None
        return bin_of(tokens_per_second(self.output_tokens, self.ttft_ms, self.duration_ms))

    @property
    def provider(self) -> str | None:
        """The provider of its target."""
        return self.target.partition("/")[0] if self.target else None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a stretch of the log; `unpriced` calls have a usage, but nobody knows a price."""

    requests: int
    cost_usd: Decimal
    unpriced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which calls: from `since` up to `until`, with these values of dimensions, and so on.

    `endings` are `ok`, `error` and `cancelled`; an empty choice lets all through. `routed` are
    those whose target was chosen here.
    """

    since: datetime | None = None
    until: datetime | None = None
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    endings: Sequence[str] = ()
    cached: bool | None = None
    min_cost_usd: Decimal | None = None
    text: str | None = None
    routed: bool = False


async def add_many(connection: AsyncConnection, records: Sequence[RequestRecord]) -> None:
    """Append calls to the log."""
    await insert_many(connection, requests, records)


async def get(connection: AsyncConnection, request_id: str) -> RequestRecord | None:
    """Read one call by id."""
    found = await connection.execute(select(requests).where(requests.c.id == request_id))
    row = found.one_or_none()
    return None if row is None else _record(row)


async def page(
    connection: AsyncConnection,
    before: tuple[datetime, str] | None,
    limit: int,
    chosen: Filter | None = None,
) -> tuple[RequestRecord, ...]:
    """The newest calls; `before` holds the time and id of the last row of the page above."""
    query = select(requests).order_by(requests.c.started_at.desc(), requests.c.id.desc())
    if before is not None:
        query = query.where(tuple_(requests.c.started_at, requests.c.id) < before)
    if chosen is not None:
        query = query.where(*_conditions(chosen))
    return tuple(_record(row) for row in await connection.execute(query.limit(limit)))


def _conditions(chosen: Filter) -> Iterator[ColumnElement[bool]]:
    calls = requests.c
    if chosen.since is not None:
        yield calls.started_at >= chosen.since
    if chosen.until is not None:
        yield calls.started_at < chosen.until
    for name, given in chosen.values.items():
        yield DIMENSIONS[name].in_(given)
    if chosen.endings:
        yield or_(*(_ENDINGS[ending] for ending in chosen.endings))
    if chosen.cached is not None:
        hit = func.coalesce(calls.layer, "").in_(CACHE_LAYERS)
        yield hit if chosen.cached else not_(hit)
    if chosen.min_cost_usd is not None:
        yield calls.cost_usd >= chosen.min_cost_usd
    if chosen.routed:
        yield and_(calls.layer.is_not(None), calls.layer != "direct")
    if chosen.text:
        yield or_(*(calls[name].icontains(chosen.text, autoescape=True) for name in _TEXTS))


_ENDINGS: Mapping[str, ColumnElement[bool]] = {
    "ok": requests.c.status < 400,
    "error": and_(requests.c.status >= 400, requests.c.status != CANCELLED),
    "cancelled": requests.c.status == CANCELLED,
}
_TEXTS = (
    *("id", "target", "requested_model", "rule_name", "token_name", "client"),
    *("conversation", "error"),
)


async def totals_since(connection: AsyncConnection, at: datetime) -> Totals:
    """Sum up the calls that started at `at` or later; dollars are exact."""
    cost = requests.c.cost_usd
    unpriced = func.count(case((requests.c.cost_source == "unpriced", 1)))
    query = select(func.count(), func.sum(cost, type_=cost.type), unpriced)
    row = (await connection.execute(query.where(requests.c.started_at >= at))).one()
    calls, spent, unpriced_calls = row
    return Totals(requests=calls, cost_usd=spent or Decimal(0), unpriced=unpriced_calls)


async def oldest_quarter(connection: AsyncConnection) -> int | None:
    """Return the quarter of an hour in which the oldest call began; None without any."""
    found: int | None = await connection.scalar(select(func.min(requests.c.quarter)))
    return found


async def rule_name(connection: AsyncConnection, rule_id: str) -> str | None:
    """Return what a rule of the log was last called."""
    same = select(requests.c.rule_name).where(requests.c.rule_id == rule_id)
    name: str | None = await connection.scalar(same.order_by(requests.c.started_at.desc()).limit(1))
    return name


async def last_of_rules(
    connection: AsyncConnection,
    ids: Sequence[str],
    stretch: tuple[int, int],
    values: Mapping[str, Sequence[str]],
) -> dict[str, datetime]:
    """Return when each of some rules last decided a call in a stretch of quarters.

    Only calls count that have these values of dimensions; rules without any are left out.
    """
    since, until = (datetime.fromtimestamp(at * QUARTER_S, UTC) for at in stretch)
    narrowed = [DIMENSIONS[name].in_(chosen) for name, chosen in values.items()]
    found = {}
    for id_ in ids:
        # One by one each is the end of an index, however many calls a rule decided.
        latest = (
            select(requests.c.started_at)
            .where(requests.c.rule_id == id_, *narrowed)
            .where(requests.c.started_at >= since, requests.c.started_at < until)
            .order_by(requests.c.started_at.desc())
            .limit(1)
        )
        at: datetime | None = await connection.scalar(latest)
        if at is not None:
            found[id_] = at
    return found


async def delete_before(connection: AsyncConnection, at: datetime, most: int) -> int:
    """Forget at most so many calls that started before `at`; returns how many went."""
    old = select(requests.c.id).where(requests.c.started_at < at).limit(most)
    gone = await connection.execute(delete_from(requests).where(requests.c.id.in_(old)))
    return gone.rowcount


def _record(row: Row[Any]) -> RequestRecord:
    return record_of(
        RequestRecord,
        row,
        modalities=tuple(row.modalities),
        cost_usd=row.cost_picousd,
        baseline_usd=row.baseline_picousd,
        warnings=tuple(row.warnings),
    )
