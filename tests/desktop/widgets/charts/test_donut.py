"""The donut: its list, its slices under the mouse, its rows by keyboard."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.widgets.charts.donut import Donut, sheet_of_shares
from tests.desktop.widgets.charts.test_data import DATA


def _donut(qtbot: QtBot, look: Look) -> Donut:
    donut = Donut(look, "Who decided")
    qtbot.addWidget(donut)
    donut.resize(268, 300)
    donut.show_data(DATA)
    donut.show()
    return donut


def test_it_has_its_list(qtbot: QtBot, look: Look) -> None:
    donut = _donut(qtbot, look)
    assert donut.rows == [("=cmd|' /C calc'!A0", "46%"), ("Rules", "54%")]
    assert "Rules 54%" in donut.accessibleDescription()


def test_a_slice_is_told(qtbot: QtBot, look: Look) -> None:
    donut = _donut(qtbot, look)
    # Clockwise from the top: the first series has a little less than the right half.
    assert donut.part_at(QPoint(134 + 55, 64)) == 0
    assert donut.part_at(QPoint(134 - 55, 64)) == 1
    assert donut.part_at(QPoint(134, 64)) is None
    QTest.mouseMove(donut, donut.centre_of(1))
    qtbot.waitUntil(lambda: donut.pointed_text == "Rules: 3.5 (54%)")


def test_rows_are_walked(qtbot: QtBot, look: Look) -> None:
    donut = _donut(qtbot, look)
    QTest.keyClick(donut, Qt.Key.Key_Down)
    QTest.keyClick(donut, Qt.Key.Key_Down)
    assert donut.pointed_text.startswith("Rules")
    QTest.keyClick(donut, Qt.Key.Key_Up)
    assert donut.pointed_text.startswith("=cmd")


def test_the_list_as_a_table() -> None:
    sheet = sheet_of_shares(DATA, ("Layer", "Requests", "Share, %"))
    assert sheet.rows[1] == ("Rules", "3.5", "54%")
    assert sheet.bare[1] == ("Rules", "3.5", "54")
