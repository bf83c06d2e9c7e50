"""Hours, days, weeks and months as clocks show them, also on the days when these are changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from butler.engine.ledger.calendar import Slot, Span, find_zone, read_moment, slots
from butler.engine.store.measures import QUARTER_S, quarter_of

BERLIN = ZoneInfo("Europe/Berlin")


def local(zone: ZoneInfo, *parts: int, fold: int = 0) -> int:
    """The quarter at which clocks show a time."""
    year, month, day, *clock = parts
    return quarter_of(datetime(year, month, day, *clock, tzinfo=zone, fold=fold))


def cut(zone: ZoneInfo, span: Span, first: tuple[int, ...], stop: tuple[int, ...]) -> list[Slot]:
    return list(slots(local(zone, *first), local(zone, *stop), span, zone))


def hours(found: list[Slot]) -> list[float]:
    return [(slot.stop - slot.first) * QUARTER_S / 3600 for slot in found]


def test_a_day_has_23_hours_when_clocks_go_forward() -> None:
    found = cut(BERLIN, "day", (2026, 3, 28), (2026, 3, 31))
    assert hours(found) == [24, 23, 24]
    assert [slot.starts_at.isoformat() for slot in found] == [
        "2026-03-28T00:00:00+01:00",
        "2026-03-29T00:00:00+01:00",
        "2026-03-30T00:00:00+02:00",
    ]


def test_and_25_when_they_go_back_and_one_hour_comes_twice() -> None:
    assert hours(cut(BERLIN, "day", (2026, 10, 25), (2026, 10, 26))) == [25]
    found = cut(BERLIN, "hour", (2026, 10, 25, 1), (2026, 10, 25, 4))
    assert [slot.starts_at.strftime("%H %z") for slot in found] == [
        "01 +0200", "02 +0200", "02 +0100", "03 +0100",
    ]  # fmt: skip
    assert hours(found) == [1, 1, 1, 1]


def test_no_hour_is_shown_that_clocks_leave_out() -> None:
    found = cut(BERLIN, "hour", (2026, 3, 29, 1), (2026, 3, 29, 4))
    assert [slot.starts_at.strftime("%H") for slot in found] == ["01", "03"]


def test_a_midnight_that_does_not_exist() -> None:
    """Where clocks go forward at midnight, the day begins at one."""
    cairo = ZoneInfo("Africa/Cairo")
    found = cut(cairo, "day", (2026, 4, 23), (2026, 4, 25))
    assert hours(found) == [24, 23]
    assert found[1].starts_at.hour == 1


@pytest.mark.parametrize("name", ["Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"])
@pytest.mark.parametrize("span", ["hour", "day", "week", "month"])
def test_slots_join_without_gap_or_overlap(name: str, span: Span) -> None:
    zone = ZoneInfo(name)
    first, stop = local(zone, 2026, 3, 3, 7, 30), local(zone, 2026, 4, 20, 19, 45)
    found = list(slots(first, stop, span, zone))
    assert (found[0].first, found[-1].stop) == (first, stop)
    assert [slot.first for slot in found[1:]] == [slot.stop for slot in found[:-1]]
    for slot in found:
        shown = slot.starts_at
        assert shown.minute == 0 or (name.endswith("Howe") and shown.minute == 30), shown
        if span != "hour":
            assert (shown.hour, shown.minute) == (0, 0)
        if span == "week":
            assert shown.isoweekday() == 1
        if span == "month":
            assert shown.day == 1


def test_months_are_as_long_as_they_are() -> None:
    found = cut(BERLIN, "month", (2025, 12, 1), (2026, 4, 1))
    assert [slot.starts_at.strftime("%Y-%m") for slot in found] == [
        "2025-12", "2026-01", "2026-02", "2026-03",
    ]  # fmt: skip
    # March loses the hour of the summer time.
    assert hours(found) == [31 * 24, 31 * 24, 28 * 24, 31 * 24 - 1]


def test_the_first_slot_begins_before_what_was_asked_for() -> None:
    (slot,) = cut(BERLIN, "day", (2026, 6, 1, 10), (2026, 6, 1, 12))
    assert slot.starts_at.hour == 0
    assert hours([slot]) == [2]


def test_the_machines_own_zone() -> None:
    now = quarter_of(datetime.now(UTC))
    today = list(slots(now, now + 1, "day", None))
    here = datetime.now().astimezone()
    assert today[0].starts_at.date() == here.date()
    assert today[0].starts_at.utcoffset() == here.utcoffset()


@pytest.mark.parametrize(
    "name", ["Nowhere/Land", "../etc/passwd", "/etc/passwd", "Europe", "a\0b", "x" * 5000, ".."]
)
def test_what_is_no_zone(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        find_zone(name)


def test_zones() -> None:
    assert find_zone("Europe/Berlin") == BERLIN
    assert find_zone(None) is None
    assert find_zone("") is None


@pytest.mark.parametrize(
    ("text", "is_end", "utc"),
    [
        ("2026-03-01", False, "2026-02-28T23:00"),
        ("2026-03-01", True, "2026-03-01T23:00"),
        ("2026-03-01T12:30", True, "2026-03-01T11:30"),
        ("2026-07-01T12:30:15", False, "2026-07-01T10:30:15"),
        ("2026-03-01T12:30Z", False, "2026-03-01T12:30"),
        ("2026-03-01T12:30+05:45", False, "2026-03-01T06:45"),
        ("2026-10-25T02:30", False, "2026-10-25T00:30"),
    ],
)
def test_moments(text: str, is_end: bool, utc: str) -> None:
    found = read_moment(text, BERLIN, is_end=is_end)
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text", ["", "now", "2026-13-01", "1999-12-31", "9999-12-31", "0001-01-01T00:00+14:00", "１"]
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_moment(text, BERLIN, is_end=True)
