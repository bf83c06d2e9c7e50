"""Times and money come back exactly as they went in."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

from butler.engine.store.columns import Json, PicoUsd, UtcDateTime

SQLITE = SQLiteDialect_aiosqlite()
POSTGRESQL = PGDialect_psycopg()


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_comes_back(at: datetime) -> None:
    column = UtcDateTime()
    for dialect in (SQLITE, POSTGRESQL):
        stored = column.process_bind_param(at, dialect)
        assert column.process_result_value(stored, dialect) == at


def test_a_time_comes_back_in_utc_whatever_zone_the_server_speaks() -> None:
    local = datetime(2026, 3, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    read = UtcDateTime().process_result_value(local, POSTGRESQL)
    assert read is not None
    assert (read.tzinfo, read.hour) == (UTC, 12)


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 3, 1, 12),  # noqa: DTZ001 - refusing a naive time is the point
        datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_only_utc_is_taken(at: datetime) -> None:
    with pytest.raises(ValueError, match="aware and in UTC"):
        UtcDateTime().process_bind_param(at, SQLITE)


@given(st.datetimes(timezones=st.just(UTC)) | st.none())
def test_sqlite_reads_the_same_text_as_the_library_would_write(at: datetime | None) -> None:
    dialect = SQLiteDialect_aiosqlite()
    bind = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
    usual = DateTime().dialect_impl(dialect).bind_processor(dialect)
    assert bind is not None
    assert usual is not None
    assert bind(at) == usual(at and at.replace(tzinfo=None))


def test_only_utc_is_written() -> None:
    dialect = SQLiteDialect_aiosqlite()
    bind = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
    assert bind is not None
    with pytest.raises(ValueError, match="UTC"):
        bind(datetime(2026, 1, 1))  # noqa: DTZ001 - refused for that


@given(st.decimals(Decimal(-9_000_000), Decimal(9_000_000), places=12))
def test_an_amount_of_up_to_12_places_comes_back(amount: Decimal) -> None:
    column = PicoUsd()
    stored = column.process_bind_param(amount, SQLITE)
    assert isinstance(stored, int)
    assert abs(stored) < 2**63
    assert column.process_result_value(stored, SQLITE) == amount


@given(st.decimals(Decimal(0), Decimal(100), places=20))
def test_finer_amounts_are_rounded_to_the_nearest_step(amount: Decimal) -> None:
    column = PicoUsd()
    read = column.process_result_value(column.process_bind_param(amount, SQLITE), SQLITE)
    assert read is not None
    assert abs(read - amount) <= Decimal("0.5e-12")


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0.00", "0"), ("100", "100"), ("0.250", "0.25"), ("1.10", "1.1"), ("-3", "-3")],
)
def test_an_amount_reads_as_a_person_would_write_it(amount: str, text: str) -> None:
    column = PicoUsd()
    stored = column.process_bind_param(Decimal(amount), SQLITE)
    assert str(column.process_result_value(stored, SQLITE)) == text


def test_a_sum_as_postgresql_answers_it_is_understood() -> None:
    assert PicoUsd().process_result_value(Decimal(1_500_000_000_000), POSTGRESQL) == Decimal("1.5")


def test_a_float_is_no_money() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        PicoUsd().process_bind_param(0.1, SQLITE)  # type: ignore[arg-type]


def test_unknown_stays_unknown() -> None:
    for column in (UtcDateTime(), PicoUsd()):
        assert column.process_bind_param(None, SQLITE) is None
        assert column.process_result_value(None, SQLITE) is None


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("键key"), inner),
    max_leaves=20,
)


@given(json_values)
def test_a_json_value_comes_back(value: object) -> None:
    column = Json()
    stored = column.process_bind_param(value, SQLITE)
    assert column.process_result_value(stored, SQLITE) == value


def test_what_json_can_not_say_is_refused() -> None:
    with pytest.raises(TypeError):
        Json().process_bind_param({"at": object()}, SQLITE)
