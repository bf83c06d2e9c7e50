"""Hours and days by the wall's clock; a span over midnight belongs to the day it begins on."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.conditions.time_of_day import KIND, TimeCondition, read
from tests.engine.routing.calls import condition, refusal, saying

# A Monday.
MONDAY = datetime(2026, 11, 23, tzinfo=timezone(timedelta(hours=2)))


def at(day: int, clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return MONDAY + timedelta(days=day, hours=int(hours), minutes=int(minutes))


def span(**spec: Any) -> TimeCondition:
    return read({"kind": "time", **spec}, Compiling())


@pytest.mark.parametrize(
    ("spec", "moments"),
    [
        ({"from": "09:00", "to": "17:00"}, {(0, "09:00"): 1, (0, "16:59"): 1, (0, "17:00"): 0}),
        ({"from": "22:00", "to": "06:00"}, {(0, "22:00"): 1, (0, "05:59"): 1, (0, "06:00"): 0}),
        (
            {"from": "22:00", "to": "06:00", "days": ["fri"]},
            {(4, "21:59"): 0, (4, "23:00"): 1, (5, "05:00"): 1, (4, "05:00"): 0, (5, "23:00"): 0},
        ),
        ({"days": ["sat", "sun"]}, {(4, "23:59"): 0, (5, "00:00"): 1, (6, "23:59"): 1}),
        ({"from": "18:00"}, {(0, "17:59"): 0, (0, "23:59"): 1}),
        ({"to": "08:00"}, {(0, "00:00"): 1, (0, "08:00"): 0}),
        ({"from": "20:00", "to": "00:00"}, {(0, "23:59"): 1, (0, "00:00"): 0}),
    ],
)
def test_spans(spec: dict[str, Any], moments: dict[tuple[int, str], int]) -> None:
    asked = span(**spec)
    for (day, clock), holds in moments.items():
        assert asked.holds_at(at(day, clock)) is bool(holds), (day, clock)


@pytest.fixture
def in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone can not be set here")
@pytest.mark.usefixtures("in_tokyo")
def test_it_is_this_machine_s_clock_that_counts() -> None:
    asked = saying("hi")
    asked.started_at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    found = condition({"kind": "time", "from": "08:00", "to": "09:00", "days": ["tue"]}).match(
        asked
    )
    assert found is not None
    assert "08:30" in found.reason


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        ({"from": "9:00"}, "from"),
        ({"to": "24:01"}, "to"),
        ({"from": 9}, "from"),
        ({"from": "09:00", "to": "09:00"}, "to"),
        ({"days": ["someday"]}, "days"),
        ({"days": []}, "days"),
    ],
)
def test_what_is_no_time_is_refused(spec: dict[str, Any], field: str) -> None:
    assert refusal({"kind": "time", **spec}).field == f"when.{field}"


def test_the_form_names_the_days() -> None:
    assert KIND.fields[2].type == "choices:mon,tue,wed,thu,fri,sat,sun"
