"""The table of calls: columns, selection, and what is drawn."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from butler.contract.events import Snapshot
from butler.desktop.look import Look
from butler.desktop.models.call_cells import Column
from butler.desktop.models.calls import LatestCalls
from butler.desktop.state import DesktopState
from butler.desktop.widgets.call_table import CallTable
from tests.desktop import samples

_WIDTHS = {Column.TIME: 96, Column.DECIDED_BY: 180, Column.TARGET: 0, Column.TOOL: 120}


def _table(look: Look, qtbot: QtBot) -> CallTable:
    state = DesktopState()
    state.apply(Snapshot(status=samples.status(), calls=samples.gallery()))
    table = CallTable(look, LatestCalls(look, state, 50, state), _WIDTHS, "Requests")
    state.setParent(table)
    qtbot.addWidget(table)
    table.resize(1000, 400)
    table.show()
    return table


def test_only_the_wanted_columns_are_shown(look: Look, qtbot: QtBot) -> None:
    table = _table(look, qtbot)
    assert {column for column in Column if not table.isColumnHidden(column)} == set(_WIDTHS)


def test_a_narrow_table_gives_up_the_tool(look: Look, qtbot: QtBot) -> None:
    table = _table(look, qtbot)
    table.resize(700, 400)
    assert table.isColumnHidden(Column.TOOL)
    assert table.columnWidth(Column.DECIDED_BY) == 120
    table.resize(1000, 400)
    assert not table.isColumnHidden(Column.TOOL)
    assert table.columnWidth(Column.DECIDED_BY) == 180


def test_arrows_pick_and_return_opens(look: Look, qtbot: QtBot) -> None:
    table = _table(look, qtbot)
    table.select_row(0)
    with qtbot.waitSignal(table.picked) as picked:
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert picked.args[0].id == "req-2"
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0].id == "req-2"


def test_the_selected_row_stands_out(look: Look, qtbot: QtBot) -> None:
    table = _table(look, qtbot)
    table.select_row(1)
    picture = table.viewport().grab().toImage()
    assert picture.pixelColor(2, 34 + 10) == QColor(look.tokens.accent_ground)
    assert picture.pixelColor(2, 10) != QColor(look.tokens.accent_ground)
