"""The log: rows come back whole, pages join without a gap, sums of money are exact."""

import random
from datetime import timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import requests
from butler.engine.store.requests import RequestRecord, Totals
from tests.engine.store.records import NOON, request

FULL = request(
    token_id="token_1",
    token_name="default",
    client="Claude Code",
    call_kind="main",
    conversation="c0ffee",
    requested_model="auto",
    modalities=("text", "image"),
    thinking="high",
    streaming=True,
    layer="rules",
    rule_id="rule_1",
    rule_name="代码",
    target="openai/gpt-5",
    attempts=[{"target": "openai/gpt-5", "outcome": "answered", "ms": 12.25}],
    ttft_ms=120.125,
    duration_ms=1_000.5,
    overhead_ms=0.875,
    input_tokens=1_000_000,
    output_tokens=0,
    cached_tokens=3,
    reasoning_tokens=4,
    usage_source="reported",
    cost_usd=Decimal("1.000000012345"),
    cost_source="priced",
    status=200,
    error="nothing, really",
    task="coding",
    task_confidence=0.5,
    trace=[{"layer": "rules", "outcome": "decided", "words": ["函数"], "score": None, "ms": 0.01}],
    finish="stop",
    fallback="timeout",
    cache_write_tokens=5,
    images=1,
    price_source="owner",
    baseline="openai/gpt-5-pro",
    baseline_usd=Decimal("2.5"),
    revision=12,
    warnings=("No target can hold this.",),
)


async def test_a_call_comes_back_as_it_was(connection: AsyncConnection) -> None:
    bare = request("req_2")
    await requests.add_many(connection, [FULL, bare])
    assert await requests.get(connection, FULL.id) == FULL
    assert await requests.get(connection, bare.id) == bare
    assert await requests.get(connection, "nobody") is None


async def test_no_calls_are_no_work(connection: AsyncConnection) -> None:
    await requests.add_many(connection, [])
    assert await requests.page(connection, None, 10) == ()


async def test_pages_join_without_gap_or_overlap(connection: AsyncConnection) -> None:
    chance = random.Random(7)
    # Many calls start in the same instant, so the id has to decide between them.
    records = [
        request(f"req_{number:03}", started_at=NOON + timedelta(microseconds=chance.randrange(9)))
        for number in range(100)
    ]
    chance.shuffle(records)
    await requests.add_many(connection, records)
    read: list[RequestRecord] = []
    before = None
    while len(read) < len(records):
        page = await requests.page(connection, before, 7)
        read.extend(page)
        before = (page[-1].started_at, page[-1].id)
    assert await requests.page(connection, before, 7) == ()
    newest_first = sorted(records, key=lambda call: (call.started_at, call.id), reverse=True)
    assert read == newest_first


async def test_totals_add_up_exactly(connection: AsyncConnection) -> None:
    costs = [Decimal("0.1"), Decimal("0.2"), Decimal("0.000000000001"), None, Decimal(0)]
    await requests.add_many(
        connection, [request(f"req_{at}", cost_usd=cost) for at, cost in enumerate(costs)]
    )
    # One whose price nobody knows; the one without a cost above has an unknown usage.
    await requests.add_many(connection, [request("req_unpriced", cost_source="unpriced")])
    await requests.add_many(
        connection,
        [request("req_old", started_at=NOON - timedelta(microseconds=1), cost_usd=Decimal(50))],
    )
    assert await requests.totals_since(connection, NOON) == Totals(
        requests=6, cost_usd=Decimal("0.300000000001"), unpriced=1
    )


async def test_totals_of_nothing_are_zero(connection: AsyncConnection) -> None:
    assert await requests.totals_since(connection, NOON) == Totals(0, Decimal(0), 0)


async def test_old_calls_are_forgotten(connection: AsyncConnection) -> None:
    for days in range(5):
        at = NOON + timedelta(days=days)
        await requests.add_many(connection, [request(f"req_{days}", started_at=at)])
    before = NOON + timedelta(days=3)
    gone = [await requests.delete_before(connection, before, 2) for _ in range(3)]
    assert gone == [2, 1, 0]
    left = await requests.page(connection, None, 10)
    assert [call.id for call in left] == ["req_4", "req_3"]
