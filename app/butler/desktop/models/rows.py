"""Rows of anything as a Qt table model: a column is a title and what it shows of a row."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from butler.desktop.look import Look
from butler.desktop.models.cells import CELL_ROLE, ROW_ROLE, Cell, Index, Side

Row = TypeVar("Row")
_ROOT = QModelIndex()


# Without slots, which Python 3.11 can not join with a type that is written out.
@dataclass(frozen=True)
class Heading(Generic[Row]):
    """One column: its title, what it shows, how wide it is (0 takes what is left), its side."""

    title: str
    show: Callable[[Row], Cell]
    width: int
    side: Side = Side.LEFT


class RowsModel(QAbstractTableModel, Generic[Row]):
    """All rows are at hand; `key` tells which row is which when they are shown anew."""

    def __init__(
        self,
        look: Look,
        headings: Sequence[Heading[Row]],
        key: Callable[[Row], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._key = key
        self._rows: list[Row] = []
        look.theme.changed.connect(self._recolour)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return tuple(self._rows)

    @property
    def widths(self) -> dict[int, int]:
        """The width of each column, for the table."""
        return {at: heading.width for at, heading in enumerate(self._headings)}

    def row_of(self, key: str) -> int | None:
        """Return where the row with this key is."""
        return next((at for at, row in enumerate(self._rows) if self._key(row) == key), None)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; where they are the same ones, the selection stays."""
        if [self._key(row) for row in rows] == [self._key(row) for row in self._rows]:
            self._rows = list(rows)
            self._recolour()
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        shown = self._headings[index.column()].show(row)
        if role == CELL_ROLE:
            return shown
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return shown.badge.text if shown.badge else shown.text
        if role == Qt.ItemDataRole.ToolTipRole and shown.tooltip:
            # As markup it wraps; escaped, because people name things as they like.
            return f"<p>{html.escape(shown.tooltip)}</p>"
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if way is not Qt.Orientation.Horizontal:
            return None
        heading = self._headings[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return heading.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | heading.side.value
        return None

    def _recolour(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self._headings) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
