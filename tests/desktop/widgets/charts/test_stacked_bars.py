"""Bars tell the slot that is pointed at, by mouse and by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.widgets.charts.data import ChartData, ChartSeries
from butler.desktop.widgets.charts.stacked_bars import StackedBars
from tests.desktop.widgets.charts.test_data import DATA


def _bars(qtbot: QtBot, look: Look, data: ChartData) -> StackedBars:
    bars = StackedBars(look, "Requests")
    qtbot.addWidget(bars)
    bars.resize(600, 200)
    bars.show_data(data)
    bars.show()
    return bars


def test_a_slot_is_told(qtbot: QtBot, look: Look) -> None:
    bars = _bars(qtbot, look, DATA)
    QTest.mouseMove(bars, bars.centre_of(1))
    qtbot.waitUntil(lambda: bars.pointed_text.startswith("01:00: 5.5\nRules: 3.5"))
    QTest.keyClick(bars, Qt.Key.Key_Left)
    assert bars.pointed_text == "00:00: 1\n=cmd|' /C calc'!A0: 1"
    assert bars.accessibleDescription() == bars.pointed_text


def test_the_slot_stays_when_figures_are_renewed(qtbot: QtBot, look: Look) -> None:
    bars = _bars(qtbot, look, DATA)
    QTest.keyClick(bars, Qt.Key.Key_Right)
    bars.show_data(DATA)
    assert bars.pointed_text.startswith("00:00")
    bars.show_data(ChartData((), (), str))
    assert bars.pointed_text == ""


def test_a_loss_hangs_below_the_line(qtbot: QtBot, look: Look) -> None:
    red = ChartSeries("Saved", lambda _: "#FF0000", (2.0, -2.0))
    bars = _bars(qtbot, look, ChartData(("a", "b"), (red,), lambda value: f"{value:g}"))
    seen = bars.grab().toImage()
    middle = (bars.height() - 24 + 10) // 2
    reds = {
        slot: [
            y
            for y in range(bars.height())
            if seen.pixelColor(bars.centre_of(slot).x(), y).name() == "#ff0000"
        ]
        for slot in (0, 1)
    }
    assert reds[0] and max(reds[0]) <= middle
    assert reds[1] and min(reds[1]) >= middle - 1
