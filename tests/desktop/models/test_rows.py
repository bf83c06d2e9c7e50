"""Rows of anything: what a table shows, and that the selection stays with its row."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from butler.desktop.look import Look
from butler.desktop.models.cells import CELL_ROLE, ROW_ROLE, Cell, Side
from butler.desktop.models.rows import Heading, RowsModel
from butler.desktop.widgets.table import Table


@dataclass(frozen=True)
class Fruit:
    name: str
    price: int


APPLE, PEAR = Fruit("apple", 2), Fruit("pear", 3)


@pytest.fixture
def model(look: Look) -> RowsModel[Fruit]:
    headings = [
        Heading[Fruit]("Fruit", lambda each: Cell(each.name, tooltip="<b>"), 0),
        Heading[Fruit]("Price", lambda each: Cell(str(each.price)), 80, Side.RIGHT),
    ]
    return RowsModel(look, headings, lambda each: each.name)


@pytest.fixture
def table(qapp: QApplication, look: Look, model: RowsModel[Fruit]) -> Iterator[Table]:
    shown = Table(look, model, model.widths, "Fruit")
    shown.show()
    yield shown
    shown.deleteLater()


def test_what_a_cell_shows(model: RowsModel[Fruit]) -> None:
    model.show_rows([APPLE, PEAR])
    index = model.index(1, 1)
    assert (index.data(), index.data(ROW_ROLE), index.data(CELL_ROLE)) == ("3", PEAR, Cell("3"))
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;b&gt;</p>"
    side = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert side == Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Price"


def test_the_same_rows_keep_the_selection(model: RowsModel[Fruit], table: Table) -> None:
    model.show_rows([APPLE, PEAR])
    table.select_row(1)
    model.show_rows([APPLE, Fruit("pear", 9)])
    assert table.currentIndex().row() == 1
    assert table.currentIndex().data(ROW_ROLE) == Fruit("pear", 9)
    model.show_rows([APPLE])
    assert not table.currentIndex().isValid()
    assert model.row_of("apple") == 0
    assert model.row_of("pear") is None


def test_the_keyboard_walks_and_opens(model: RowsModel[Fruit], table: Table) -> None:
    picked: list[object] = []
    opened: list[object] = []
    table.picked.connect(picked.append)
    table.opened.connect(opened.append)
    model.show_rows([APPLE, PEAR])
    table.select_row(0)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (picked, opened) == ([APPLE, PEAR], [PEAR])
