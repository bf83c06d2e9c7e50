"""Values are written so that nothing unknown looks like zero."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from butler.contract.texts import load_texts
from butler.desktop.formats import DASH, Formats, number, usd, usd_total
from tests.desktop import samples


@pytest.fixture
def formats() -> Formats:
    return Formats(load_texts("en"), timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (None, DASH),
        (0.0, "0.00 ms"),
        (0.714, "0.71 ms"),
        (34.4, "34 ms"),
        (1240, "1.24 s"),
        (61_400, "1 min 1 s"),
    ],
)
def test_durations(formats: Formats, ms: float | None, text: str) -> None:
    assert formats.duration(ms) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, DASH),
        ("0", "$0"),
        ("0.00001", "<$0.0001"),
        ("0.0004", "$0.0004"),
        ("0.25", "$0.2500"),
        ("1234.5", "$1,234.50"),
    ],
)
def test_the_cost_of_a_call(value: str | None, text: str) -> None:
    assert usd(None if value is None else Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "$0.00"), ("0.0004", "$0.0004"), ("0.826", "$0.83"), ("12", "$12.00")],
)
def test_sums(value: str, text: str) -> None:
    assert usd_total(Decimal(value)) == text


def test_an_unpriced_call_is_not_free(formats: Formats) -> None:
    call = samples.call(cost_usd=None, cost_source="unpriced")
    assert formats.cost(call) == "unpriced"


def test_estimated_tokens_are_marked(formats: Formats) -> None:
    assert formats.tokens(samples.call()) == "3,911 / 402"
    assert formats.tokens(samples.call(usage_source="estimated")) == "~3,911 / ~402"
    assert formats.tokens(samples.call(input_tokens=None, output_tokens=None)) == DASH
    assert number(None) == DASH


def test_times_are_local_and_older_ones_have_their_day(formats: Formats) -> None:
    noon = datetime(2026, 11, 20, 12, 0, 5, tzinfo=UTC)
    assert formats.clock(noon, now=noon) == "14:00:05"
    assert formats.clock(noon, seconds=False, now=noon) == "14:00"
    assert formats.clock(noon, now=noon + timedelta(hours=10)) == "11-20 14:00"
