"""Rows in the order of a column: unknown ones last, equals as they were given."""

import pytest
from PySide6.QtCore import Qt

from butler.desktop.look import Look
from butler.desktop.models.cells import Cell
from butler.desktop.models.rows import Heading
from butler.desktop.models.sorted_rows import Order, SortedRows

Fruit = tuple[str, int | None]
GIVEN: list[Fruit] = [("pear", 3), ("apple", None), ("cherry", 7), ("banana", 3)]


@pytest.fixture
def rows(look: Look) -> SortedRows[Fruit]:
    made = SortedRows(
        look,
        [
            Heading[Fruit]("Fruit", lambda each: Cell(each[0]), 0),
            Heading[Fruit]("Price", lambda each: Cell(str(each[1])), 80),
        ],
        [Order[Fruit](lambda each: each[0], largest_first=False), Order[Fruit](lambda it: it[1])],
        lambda each: each[0],
    )
    made.show_rows(GIVEN)
    return made


def _names(rows: SortedRows[Fruit]) -> list[str]:
    return [name for name, _ in rows.rows]


def test_it_begins_with_the_first_column(rows: SortedRows[Fruit]) -> None:
    assert _names(rows) == ["apple", "banana", "cherry", "pear"]
    assert rows.headerData(0, Qt.Orientation.Horizontal) == "Fruit ↑"


def test_a_column_has_its_natural_order_and_the_other(rows: SortedRows[Fruit]) -> None:
    rows.sort_by(1)
    assert _names(rows) == ["cherry", "pear", "banana", "apple"]
    assert rows.headerData(1, Qt.Orientation.Horizontal) == "Price ↓"
    assert rows.headerData(0, Qt.Orientation.Horizontal) == "Fruit"
    rows.sort_by(1)
    assert _names(rows) == ["pear", "banana", "cherry", "apple"], "unknown stays last"
    assert rows.headerData(1, Qt.Orientation.Horizontal) == "Price ↑"
    rows.sort_by(0)
    assert _names(rows) == ["apple", "banana", "cherry", "pear"]


def test_new_rows_keep_the_order(rows: SortedRows[Fruit]) -> None:
    rows.sort(1, Qt.SortOrder.DescendingOrder)
    rows.show_rows([("kiwi", 1), ("melon", 9)])
    assert _names(rows) == ["melon", "kiwi"]
