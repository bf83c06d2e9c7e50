"""The figures of the day, kept in memory: they begin at local midnight."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from decimal import Decimal

from butler.engine.store.requests import RequestRecord, Totals


class Today:
    """Counts what was recorded since local midnight."""

    def __init__(self, totals: Totals, since: datetime) -> None:
        self._totals = totals
        self._since = since

    @property
    def totals(self) -> Totals:
        """The figures; zero right after midnight."""
        midnight = local_midnight()
        if midnight != self._since:
            self._totals, self._since = Totals(0, Decimal(0), 0), midnight
        return self._totals

    def add(self, rows: Iterable[RequestRecord]) -> None:
        """Count recorded calls."""
        totals = self.totals
        new = [row for row in rows if row.started_at >= self._since]
        self._totals = Totals(
            totals.requests + len(new),
            totals.cost_usd + sum(row.cost_usd or 0 for row in new),
            totals.unpriced + sum(row.cost_source == "unpriced" for row in new),
        )


def local_midnight(at: datetime | None = None) -> datetime:
    """Return the last local midnight before a moment (now, unless given), as an aware UTC time."""
    # As a time without a zone: midnight may have another distance from UTC than now.
    return datetime.combine((at or datetime.now(UTC)).astimezone().date(), time()).astimezone(UTC)
