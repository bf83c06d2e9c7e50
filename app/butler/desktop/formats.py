"""Numbers, times and money as people read them; what is not known is a dash, never a zero."""

from datetime import UTC, datetime, tzinfo
from decimal import Decimal

from butler.contract.resources import CallRow
from butler.contract.texts import Texts

DASH = "–"
_CENT = Decimal("0.01")
_SMALLEST = Decimal("0.0001")


class Formats:
    """Formats values for one language; times are shown in `zone`, the machine's own by default."""

    def __init__(self, texts: Texts, zone: tzinfo | None = None) -> None:
        self._texts = texts
        self._zone = zone

    def clock(self, at: datetime, *, seconds: bool = True, now: datetime | None = None) -> str:
        """Return the time of day, or day and time when that was not today."""
        local = at.astimezone(self._zone)
        today = (now or datetime.now(UTC)).astimezone(self._zone)
        if local.date() != today.date():
            return f"{local:%m-%d %H:%M}"
        return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"

    def day(self, at: datetime) -> str:
        """Return the date."""
        return f"{at.astimezone(self._zone):%Y-%m-%d}"

    def duration(self, ms: float | None) -> str:
        """Return a time span with about three digits."""
        if ms is None:
            return DASH
        if ms < 10:
            return self._texts("format.ms", value=f"{ms:.2f}")
        if ms < 1000:
            return self._texts("format.ms", value=f"{ms:.0f}")
        if ms < 60_000:
            return self._texts("format.s", value=f"{ms / 1000:.2f}")
        minutes, seconds = divmod(round(ms / 1000), 60)
        return self._texts("format.min_s", minutes=minutes, seconds=seconds)

    def tokens(self, call: CallRow) -> str:
        """Return the tokens in and out; `~` marks an estimate."""
        if call.input_tokens is None and call.output_tokens is None:
            return DASH
        mark = "~" if call.usage_source == "estimated" else ""
        return f"{mark}{number(call.input_tokens)} / {mark}{number(call.output_tokens)}"

    def cost(self, call: CallRow) -> str:
        """Return what the call cost; a call without a known price is not free."""
        if call.cost_source == "unpriced":
            return self._texts("cost.unpriced")
        return usd(call.cost_usd)


def number(value: int | None) -> str:
    """Return a count with its thousands marked."""
    return DASH if value is None else f"{value:,}"


def usd(value: Decimal | None) -> str:
    """Return the cost of one call, in US dollars: four decimals below a dollar, two above."""
    if value is None:
        return DASH
    if value == 0:
        return "$0"
    if value < _SMALLEST:
        return f"<${_SMALLEST}"
    return f"${value:,.4f}" if value < 1 else f"${value:,.2f}"


def usd_total(value: Decimal) -> str:
    """Return a sum, in US dollars: to the cent, finer where it has not reached one."""
    return usd(value) if 0 < value < _CENT else f"${value:,.2f}"
