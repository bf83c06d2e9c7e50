"""Condition `time`: hours of the day and days of the week, by this machine's clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only, refuse

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")


@dataclass(frozen=True, slots=True)
class TimeCondition:
    """Holds from one minute of the day until before another, on these days.

    A span over midnight belongs to the day on which it begins. Minutes count from midnight.
    """

    begins: int
    ends: int
    days: frozenset[int]

    def match(self, call: Call) -> Match | None:
        """Look at the clock on the wall."""
        now = call.started_at.astimezone()
        return Match(f"it is {now:%a %H:%M}") if self.holds_at(now) else None

    def holds_at(self, now: datetime) -> bool:
        """Say whether it holds at a local time."""
        minute = now.hour * 60 + now.minute
        if self.begins < self.ends:
            return self.begins <= minute < self.ends and now.weekday() in self.days
        if minute >= self.begins:
            return now.weekday() in self.days
        return minute < self.ends and (now - timedelta(days=1)).weekday() in self.days

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], _: Compiling) -> TimeCondition:
    """Read `{"from": "22:00", "to": "06:00", "days": ["mon", "fri"]}`; all days by default."""
    only(spec, "from", "to", "days")
    begins, ends = _minute(spec, "from", "00:00"), _minute(spec, "to", "24:00")
    if begins == ends:
        raise refuse("to", "`from` and `to` are the same: this can never match.", "Leave both out.")
    days = reading.chosen(spec, "days", DAYS) if "days" in spec else DAYS
    return TimeCondition(begins, ends, frozenset(DAYS.index(day) for day in days))


def _minute(spec: Mapping[str, Any], name: str, default: str) -> int:
    value = spec.get(name, default)
    if not isinstance(value, str) or _CLOCK.fullmatch(value) is None:
        raise refuse(name, f"{value!r} is no time of day.", "Write it like 22:00.")
    hours, minutes = value.split(":")
    return int(hours) * 60 + int(minutes)


KIND = ConditionKind(
    kind="time",
    title="Time of day",
    fields=(
        Field("from", "from", type="time", default="00:00"),
        Field("to", "until", type="time", default="24:00"),
        Field("days", "on", type="choices:" + ",".join(DAYS)),
    ),
    cost=3,
    read=read,
)
