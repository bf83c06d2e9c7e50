"""The figures of the day begin anew at local midnight."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from butler.engine.ledger.rows import row_of
from butler.engine.ledger.today import Today, local_midnight
from butler.engine.store.requests import RequestRecord, Totals
from tests.engine.calls import HELLO, new_call


def record(usd: str | None, source: str, at: datetime | None = None) -> RequestRecord:
    cost = None if usd is None else Decimal(usd)
    at = at or datetime.now(UTC)
    return replace(row_of(new_call(HELLO), None), cost_usd=cost, cost_source=source, started_at=at)


def test_midnight_is_the_last_one_here() -> None:
    midnight = local_midnight()
    here = midnight.astimezone()
    assert (here.hour, here.minute, here.second, here.microsecond) == (0, 0, 0, 0)
    assert timedelta(0) <= datetime.now(UTC) - midnight < timedelta(hours=25)
    assert midnight.utcoffset() == timedelta(0)


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the system's zone can not be changed")
@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize(
    ("day", "midnight_utc"), [("03-29", "03-28T23:00"), ("10-25", "10-24T22:00")]
)
def test_a_change_of_the_clock_moves_no_midnight(day: str, midnight_utc: str) -> None:
    noon = datetime.fromisoformat(f"2026-{day}T12:00+00:00")
    assert local_midnight(noon) == datetime.fromisoformat(f"2026-{midnight_utc}+00:00")


def test_calls_are_counted_on_top_of_what_was_stored() -> None:
    today = Today(Totals(5, Decimal("0.5"), 1), local_midnight())
    today.add([record("0.25", "priced"), record(None, "unpriced"), record(None, "unknown")])
    assert today.totals == Totals(8, Decimal("0.75"), 2)


def test_a_call_that_began_yesterday_is_yesterdays() -> None:
    today = Today(Totals(0, Decimal(0), 0), local_midnight())
    today.add([record("1", "priced", local_midnight() - timedelta(seconds=1))])
    assert today.totals.requests == 0


def test_a_new_day_begins_at_zero() -> None:
    yesterday = local_midnight() - timedelta(days=1)
    today = Today(Totals(9, Decimal(9), 9), yesterday)
    assert today.totals == Totals(0, Decimal(0), 0)
    today.add([record("0.5", "priced")])
    assert today.totals == Totals(1, Decimal("0.5"), 0)
