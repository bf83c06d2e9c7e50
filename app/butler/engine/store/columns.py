"""Column types that give back exactly what was put in, on SQLite and PostgreSQL alike."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import orjson
from sqlalchemy import BigInteger, DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_PICO = 12
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)
"""Wide enough that neither scaling nor a sum over the whole log rounds on the way."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC datetimes only, to the microsecond; anything else is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what is not UTC: a naive time would be read back as another instant."""
        if value is None:
            return None
        _must_be_utc(value)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Write SQLite's text at once: what the library would write takes it ten times as long."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say UTC where the database kept no zone, and translate where it answers in its own."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _as_text(value: datetime | None) -> str | None:
    """Write a time without its zone, which SQLite does not keep; equal shapes stay comparable."""
    if value is None:
        return None
    _must_be_utc(value)
    return value.replace(tzinfo=None).isoformat(" ", "microseconds")


def _must_be_utc(value: datetime) -> None:
    if value.tzinfo is not UTC and value.utcoffset() != timedelta(0):
        raise ValueError("A stored time must be aware and in UTC.")


def picousd(dollars: Decimal) -> int:
    """Return dollars in the whole units in which they are stored; a float raises TypeError."""
    if not isinstance(dollars, Decimal):
        raise TypeError("An amount of money must be a Decimal.")
    return int(_WIDE.to_integral_value(_WIDE.scaleb(dollars, _PICO)))


def usd(stored: int | Decimal) -> Decimal:
    """Return in dollars what is stored, or summed up, in whole units."""
    amount = _WIDE.normalize(_WIDE.scaleb(Decimal(stored), -_PICO))
    whole = _WIDE.to_integral_value(amount)
    # Written out, a hundred dollars are 100 and not 1E+2.
    return _WIDE.quantize(whole, Decimal(1)) if whole == amount else amount


class PicoUsd(TypeDecorator[Decimal]):
    """US dollars as Decimal, kept as whole millionths of a millionth of a dollar.

    An integer sums exactly in every database, where SQLite would turn a decimal into a float.
    Prices are quoted with at most 6 places per million tokens, so 12 places lose nothing; finer
    amounts are rounded half to even. Holds up to 9.2 million dollars.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Scale to whole units; a float is refused with TypeError, it is not exact."""
        return None if value is None else picousd(value)

    def process_result_value(self, value: int | Decimal | None, dialect: Dialect) -> Decimal | None:
        """Scale back; a sum arrives as Decimal from PostgreSQL and as int from SQLite."""
        return None if value is None else usd(value)


class Json(TypeDecorator[Any]):
    """Any JSON value, None too, kept as text.

    SQLite would turn a number in a column declared JSON into one of its own: 1.0 into 1, and an
    integer too long for it into a float.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Write the value. Raises TypeError when JSON has no form for it."""
        return orjson.dumps(value).decode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Read the value; a column that an outer join left empty stays None."""
        return None if value is None else orjson.loads(value)
