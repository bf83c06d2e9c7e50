"""The figures of a chart as a table that spreadsheets can be trusted with."""

import pytest

from butler.desktop.widgets.charts.data import ChartData, ChartSeries, Sheet, shares, sheet_of_slots

DATA = ChartData(
    ("00:00", "01:00"),
    (
        ChartSeries("=cmd|' /C calc'!A0", lambda tokens: tokens.accent, (1, 2)),
        ChartSeries("Rules", lambda tokens: tokens.layer("rules"), (0, 3.5)),
    ),
    lambda value: f"{value:g}",
    "Time",
)


def _data(*totals: float) -> ChartData:
    series = tuple(
        ChartSeries(str(at), lambda tokens: tokens.ink, (each,)) for at, each in enumerate(totals)
    )
    return ChartData(("now",), series, str)


def test_no_cell_is_a_formula() -> None:
    sheet = sheet_of_slots(DATA)
    assert sheet.csv() == "Time,'=cmd|' /C calc'!A0,Rules\r\n00:00,1,0\r\n01:00,2,3.5\r\n"
    assert sheet.rows == (("00:00", "1", ""), ("01:00", "2", "3.5"))


def test_a_figure_below_zero_is_no_formula() -> None:
    assert Sheet(("a", "b"), (), (("-x", "-1"),)).csv() == "a,b\r\n'-x,-1\r\n"


def test_stacks() -> None:
    assert DATA.highest == 5.5
    assert not DATA.empty
    assert ChartData((), (), str).empty


def test_what_is_below_zero_is_stacked_for_itself() -> None:
    data = _data(3, -1, 2, -4)
    assert (data.highest, data.lowest) == (5, -5)


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ((1, 1, 1), (34, 33, 33)),
        ((999, 1), (100, 0)),
        ((2, -1), (100, 0)),
        ((0,), (0,)),
        ((18, 6, 44, 15, 5, 12), (18, 6, 44, 15, 5, 12)),
    ],
)
def test_shares_are_a_hundred_together(
    totals: tuple[float, ...], expected: tuple[int, ...]
) -> None:
    assert shares(_data(*totals)) == expected
