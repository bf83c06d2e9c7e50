"""Rows that can be put into the order of any of their columns, by mouse or by keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from PySide6.QtCore import QObject, Qt

from butler.desktop.look import Look
from butler.desktop.models.rows import Heading, Row, RowsModel


# Without slots, which Python 3.11 can not join with a type that is written out.
@dataclass(frozen=True)
class Order(Generic[Row]):
    """What the rows of a column are compared by; `largest_first` when one asks for it first."""

    by: Callable[[Row], Any]
    largest_first: bool = True


class SortedRows(RowsModel[Row]):
    """Rows whose value is not known (None) come last either way; equals stay as they were given.

    There is an order for each heading.
    """

    def __init__(
        self,
        look: Look,
        headings: Sequence[Heading[Row]],
        orders: Sequence[Order[Row]],
        key: Callable[[Row], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(look, headings, key, parent)
        self._orders = tuple(orders)
        self._given: tuple[Row, ...] = ()
        self.column = 0
        self.largest_first = self._orders[0].largest_first

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._given = tuple(rows)
        super().show_rows(self._sorted())

    def sort_by(self, column: int) -> None:
        """Put the rows in the order of a column; the other way round when asked again."""
        natural = self._orders[column].largest_first
        self.largest_first = not self.largest_first if column == self.column else natural
        self._show(column)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.largest_first = order is Qt.SortOrder.DescendingOrder
        self._show(column)

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        found = super().headerData(section, way, role)
        if section == self.column and role == Qt.ItemDataRole.DisplayRole and found is not None:
            return f"{found} {'↓' if self.largest_first else '↑'}"
        return found

    def _show(self, column: int) -> None:
        before, self.column = self.column, column
        super().show_rows(self._sorted())
        for each in (before, column):
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, each, each)

    def _sorted(self) -> list[Row]:
        by = self._orders[self.column].by
        known = [row for row in self._given if by(row) is not None]
        unknown = [row for row in self._given if by(row) is None]
        return [*sorted(known, key=by, reverse=self.largest_first), *unknown]
