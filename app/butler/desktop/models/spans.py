"""How far back figures reach: some slots of one length, of which the last is not over yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QTimeZone


@dataclass(frozen=True, slots=True)
class Span:
    """`count` slots, each an hour, a day, a week (from Monday) or a month long."""

    bucket: str
    count: int
    label: str
    """How the beginning of a slot is written, for `strftime`."""

    def __str__(self) -> str:
        return self.bucket

    def since(self, now: datetime) -> datetime:
        """Return when the first slot begins, in the zone of `now`, which knows its own."""
        behind = self.count - 1
        if self.bucket == "hour":
            return now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=behind)
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if self.bucket == "day":
            return _midnight(today - timedelta(days=behind))
        if self.bucket == "week":
            return _midnight(today - timedelta(days=today.weekday(), weeks=behind))
        months = today.year * 12 + today.month - 1 - behind
        return _midnight(today.replace(year=months // 12, month=months % 12 + 1, day=1))

    def before(self, now: datetime) -> tuple[datetime, datetime]:
        """Return as long a stretch as has passed of this span, right before it."""
        since = self.since(now)
        return since - (now - since), since


SPANS = (
    Span("hour", 24, "%H:%M"),
    Span("day", 30, "%m-%d"),
    Span("week", 12, "%m-%d"),
    Span("month", 12, "%Y-%m"),
)


def local_zone() -> str | None:
    """Return the name of this machine's time zone, or None where the system does not say."""
    return QTimeZone.systemTimeZoneId().toStdString() or None


def _midnight(day: datetime) -> datetime:
    """Return the day's beginning with the offset that was in force then: clocks are changed."""
    return day.replace(tzinfo=None).astimezone()
