"""Local time: hours, days, weeks and months as people in a zone live them, in quarters of UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from butler.engine.store.measures import QUARTER_S

Span = Literal["hour", "day", "week", "month"]
Zone = ZoneInfo | None
"""A zone of the IANA database; None is the machine's own."""

_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Slot:
    """An hour, day, week or month: when it begins there, and its quarters that were asked for."""

    starts_at: datetime
    first: int
    stop: int


def find_zone(name: str | None) -> Zone:
    """Return the zone of this name; raises ValueError when there is none."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        # Names of folders and impossible ones end in errors of other kinds.
        raise ValueError(f"there is no time zone {name[:60]!r}") from error


def read_moment(text: str, zone: Zone, *, is_end: bool = False) -> datetime:
    """Read an instant, a local time, or a local date: its first moment, or as an end its last.

    Raises ValueError when it is none of these, or lies beyond this century and the next.
    """
    try:
        day = date.fromisoformat(text)
        moment = datetime.combine(day, time())
        if is_end and day.year in _YEARS:
            moment += timedelta(days=1)
    except ValueError:
        moment = datetime.fromisoformat(text)
    if moment.year not in _YEARS:
        raise ValueError("the year is out of range")
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    return datetime.fromtimestamp(_instant(moment, zone), UTC)


def slots(first: int, stop: int, span: Span, zone: Zone) -> Iterator[Slot]:
    """Cut quarters into the hours, days, weeks or months of a zone, its clock changes included."""
    starts = _hours(first, zone) if span == "hour" else _dates(first, span, zone)
    start = next(starts)
    for after in starts:
        slot_stop = min(after, stop)
        yield Slot(_clock(start, zone), max(start, first), slot_stop)
        if slot_stop == stop:
            return
        start = after


def _hours(quarter: int, zone: Zone) -> Iterator[int]:
    """Give where hours begin, from the one that holds a quarter on.

    Step by step, since a clock may be put back by half an hour, or show an hour twice.
    """
    while _hour(quarter - 1, zone) == _hour(quarter, zone):
        quarter -= 1
    while True:
        yield quarter
        shown = _hour(quarter, zone)
        while _hour(quarter, zone) == shown:
            quarter += 1


def _hour(quarter: int, zone: Zone) -> tuple[date, int, timedelta | None]:
    clock = _clock(quarter, zone)
    return clock.date(), clock.hour, clock.utcoffset()


def _dates(quarter: int, span: Span, zone: Zone) -> Iterator[int]:
    """Give where days, weeks (from Monday) or months begin, from the one that holds a quarter."""
    day = _clock(quarter, zone).date()
    if span == "week":
        day -= timedelta(days=day.weekday())
    if span == "month":
        day = day.replace(day=1)
    while True:
        yield int(_instant(datetime.combine(day, time()), zone) // QUARTER_S)
        if span == "month":
            day = (day + timedelta(days=31)).replace(day=1)
        else:
            day += timedelta(days=7 if span == "week" else 1)


def _clock(quarter: int, zone: Zone) -> datetime:
    """Return what clocks show at the beginning of a quarter, with their distance from UTC."""
    return datetime.fromtimestamp(quarter * QUARTER_S, UTC).astimezone(zone)


def _instant(shown: datetime, zone: Zone) -> float:
    """Return when clocks show a time, the first time that they do.

    Without a zone a naive time is the machine's own.
    """
    return shown.replace(tzinfo=zone).timestamp()
