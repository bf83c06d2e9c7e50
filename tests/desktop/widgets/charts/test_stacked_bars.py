"""Bars tell the slot that is pointed at, by mouse and by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.widgets.charts.donut import Donut
from butler.desktop.widgets.charts.stacked_bars import StackedBars
from tests.desktop.widgets.charts.test_data import DATA


def test_a_slot_is_told(qtbot: QtBot, look: Look) -> None:
    bars = StackedBars(look, "Requests")
    qtbot.addWidget(bars)
    bars.resize(600, 200)
    bars.show_data(DATA)
    bars.show()
    QTest.mouseMove(bars, bars.centre_of(1))
    qtbot.waitUntil(lambda: bars.pointed_text.startswith("01:00: 5.5\nRules: 3.5"))
    QTest.keyClick(bars, Qt.Key.Key_Left)
    assert bars.pointed_text == "00:00: 1\n=cmd|' /C calc'!A0: 1"


def test_the_donut_has_its_list(qtbot: QtBot, look: Look) -> None:
    donut = Donut(look, "Who decided", "requests")
    qtbot.addWidget(donut)
    donut.show_data(DATA)
    assert donut.rows == [("=cmd|' /C calc'!A0", "46%"), ("Rules", "54%")]
