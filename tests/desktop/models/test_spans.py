"""Where a span begins: at a whole hour, midnight, a Monday, the first of a month."""

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from butler.desktop.models.spans import SPANS, Span


@pytest.fixture
def _berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def _span(bucket: str) -> Span:
    return next(each for each in SPANS if each.bucket == bucket)


@pytest.mark.usefixtures("_berlin")
@pytest.mark.parametrize(
    ("bucket", "since"),
    [
        ("hour", "2026-11-23T15:00:00+01:00"),
        # The clocks went back in between.
        ("day", "2026-10-26T00:00:00+01:00"),
        ("week", "2026-09-07T00:00:00+02:00"),
        ("month", "2025-12-01T00:00:00+01:00"),
    ],
)
def test_it_begins_with_a_whole_slot(bucket: str, since: str) -> None:
    now = datetime.fromisoformat("2026-11-24T14:20:00+01:00")
    assert _span(bucket).since(now) == datetime.fromisoformat(since)
    assert _span(bucket).since(now).isoformat() == since


def test_the_time_before_is_as_long() -> None:
    now = datetime.fromisoformat("2026-11-24T14:20:00+00:00")
    first, last = _span("hour").before(now)
    assert last == datetime.fromisoformat("2026-11-23T15:00:00+00:00")
    assert last - first == now - last
