"""Statistics put together: shares of nothing, the rest, fractions of dollars.

The whole is met over the wire in `tests/engine/admin/test_statistics.py`.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.ledger.calendar import Slot
from butler.engine.ledger.gathering import Gathering
from butler.engine.ledger.statistics import Found, Wanted, count
from butler.engine.store import requests, rollups
from butler.engine.store.database import Database
from butler.engine.store.figures import Question
from butler.engine.store.measures import quarter_of
from tests.engine.store.records import NOON, request

AT = quarter_of(NOON)


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    database = await Database.open(None, tmp_path)
    async with database.begin() as connection:
        calls = [
            request(
                f"req_{number}",
                layer="exact_cache" if number == 0 else "rules",
                target=f"a/{number % 4}",
                cost_usd=Decimal("0.000000000001") * number,
                baseline_usd=Decimal("0.1") if number % 2 else None,
                input_tokens=10,
                output_tokens=0,
                overhead_ms=1.0 + number,
            )
            for number in range(10)
        ]
        gathered = Gathering(calls)
        await requests.add_many(connection, calls)
        await rollups.add(connection, gathered.rollups(), gathered.histograms())
        yield connection
    await database.close()


async def shouting(_: AsyncConnection, values: Sequence[str]) -> Mapping[str, str]:
    return {value: value.upper() for value in values}


async def found(connection: AsyncConnection, **said: object) -> Found:
    usual = {
        "first": AT,
        "stop": AT + 1,
        "slots": None,
        "question": Question(),
        "top": 10,
        "baseline": None,
    }
    return await count(connection, Wanted(**{**usual, **said}), shouting)  # type: ignore[arg-type]


async def test_totals(connection: AsyncConnection) -> None:
    answer = await found(connection)
    assert answer.totals.requests == 10
    assert answer.totals.cost_usd == Decimal("0.000000000045")
    assert answer.cache_hit_rate == 0.1
    assert answer.savings is None
    assert answer.spread.overhead_ms is not None
    assert answer.spread.overhead_ms.count == 10
    assert answer.spread.ttft_ms is None


async def test_nothing_has_no_shares(connection: AsyncConnection) -> None:
    answer = await found(connection, first=AT + 5, stop=AT + 9, baseline="x/y")
    assert answer.cache_hit_rate is None
    assert answer.savings is not None
    assert answer.savings.covered_share_of_requests is None
    assert answer.savings.saved_usd == 0


async def test_savings_count_only_what_is_covered(connection: AsyncConnection) -> None:
    savings = (await found(connection, baseline="x/y")).savings
    assert savings is not None
    odd = Decimal("0.000000000001") * (1 + 3 + 5 + 7 + 9)
    assert (savings.baseline_usd, savings.cost_usd) == (Decimal("0.5"), odd)
    assert savings.saved_usd == Decimal("0.5") - odd
    assert savings.covered_share_of_requests == savings.covered_share_of_tokens == 0.5


async def test_groups_are_named_and_the_rest_is_not(connection: AsyncConnection) -> None:
    slots = [Slot(NOON, AT - 1, AT), Slot(NOON, AT, AT + 1)]
    answer = await found(connection, first=AT - 1, question=Question("model"), top=2, slots=slots)
    shown = [(group.key, group.label, group.counts.requests) for group in answer.groups]
    assert shown == [("a/0", "A/0", 3), ("a/1", "A/1", 3), (None, "", 4)]
    assert answer.groups[0].saved_usd is None
    assert answer.groups[0].spread is not None
    assert answer.series is not None
    assert [line.requests for line in answer.series.lines] == [[0, 3], [0, 3], [0, 4]]


async def test_what_roll_ups_do_not_hold_is_read_for_a_month_at_most(
    connection: AsyncConnection,
) -> None:
    question = Question(filters={"provider": ["a"]})
    month = await found(connection, question=question, first=AT - 31 * 96 + 1)
    assert month.spread.overhead_ms is not None
    longer = await found(connection, question=question, first=AT - 31 * 96)
    assert longer.totals == month.totals
    assert longer.spread.overhead_ms is None
    every = await found(connection, first=AT - 31 * 96)
    assert every.spread == month.spread
