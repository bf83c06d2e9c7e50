"""Axes have few and round numbers."""

import pytest

from butler.desktop.widgets.charts.ticks import ticks


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (20, [0, 5, 10, 15, 20]),
        (0, [0, 1]),
        (7, [0, 2, 4, 6, 8]),
        (0.04, [0, 0.01, 0.02, 0.03, 0.04]),
    ],
)
def test_few_and_round(highest: float, expected: list[float]) -> None:
    assert ticks(highest) == pytest.approx(expected)


def test_counts_have_no_halves() -> None:
    assert ticks(2, whole=True) == [0, 1, 2]
