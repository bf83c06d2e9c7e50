"""Bins and quarters: the same in Python and in SQL."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from butler.engine.store.measures import (
    EDGES,
    MEASURES,
    QUARTER_S,
    SUMS,
    WIDTHS,
    bin_of,
    quarter_of,
    tokens_per_second,
)
from butler.engine.store.tables import rollups


def test_edges_rise_by_at_most_a_quarter() -> None:
    steps = [high / low for low, high in itertools.pairwise(EDGES)]
    assert min(steps) > 1.1
    assert max(steps) <= 1.26
    assert (EDGES[0], EDGES[-1]) == (0.001, 8_200_000)


def test_a_value_on_an_edge_begins_its_bin() -> None:
    assert bin_of(0.0) == 0
    assert [bin_of(edge) for edge in EDGES] == list(range(1, len(EDGES) + 1))


def test_quarters_and_widths() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert quarter_of(noon) * QUARTER_S == noon.timestamp()
    assert quarter_of(noon + timedelta(minutes=14, seconds=59, microseconds=999_999)) == quarter_of(
        noon
    )
    assert quarter_of(noon + timedelta(minutes=15)) == quarter_of(noon) + 1
    assert all(wide % narrow == 0 for wide, narrow in itertools.pairwise(WIDTHS))


def test_the_sums_are_the_columns_of_the_roll_ups() -> None:
    columns = [column.key for column in rollups.columns if not column.primary_key]
    assert list(SUMS) == columns
    assert len(MEASURES) == 4


@pytest.mark.parametrize(
    ("tokens", "ttft", "duration", "speed"),
    [
        (50, 500.0, 1500.0, 50.0),
        (None, 1.0, 2.0, None),
        (0, 1.0, 2.0, None),
        (5, None, 2.0, None),
        (5, 2.0, 2.0, None),
    ],
)
def test_speed_is_counted_from_the_first_content(
    tokens: int | None, ttft: float | None, duration: float, speed: float | None
) -> None:
    assert tokens_per_second(tokens, ttft, duration) == speed
