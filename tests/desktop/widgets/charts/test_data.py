"""The figures of a chart as a table that spreadsheets can be trusted with."""

from butler.desktop.widgets.charts.data import ChartData, ChartSeries

DATA = ChartData(
    ("00:00", "01:00"),
    (
        ChartSeries("=cmd|' /C calc'!A0", lambda tokens: tokens.accent, (1, 2)),
        ChartSeries("Rules", lambda tokens: tokens.layer("rules"), (0, 3.5)),
    ),
    lambda value: f"{value:g}",
    "Time",
)


def test_no_cell_is_a_formula() -> None:
    assert DATA.csv() == ("Time,'=cmd|' /C calc'!A0,Rules\r\n00:00,1,0\r\n01:00,2,3.5\r\n")


def test_stacks() -> None:
    assert DATA.highest == 5.5
    assert not DATA.empty
    assert ChartData((), (), str).empty
