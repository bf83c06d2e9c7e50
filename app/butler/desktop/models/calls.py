"""The latest calls as a Qt table model; rows come and go with the state."""

import html

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from butler.contract.resources import CallRow
from butler.desktop.look import Look
from butler.desktop.models.call_cells import Column, cell, side
from butler.desktop.models.cells import CELL_ROLE, ROW_ROLE, Index
from butler.desktop.state import DesktopState

_ROOT = QModelIndex()


class CallsModel(QAbstractTableModel):
    """At most `limit` calls, newest first; a selected row keeps its call when others arrive."""

    def __init__(
        self, look: Look, state: DesktopState, limit: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._state = state
        self._limit = limit
        self._calls: list[CallRow] = []
        state.calls_reset.connect(self._reset)
        state.calls_added.connect(self._add)
        look.theme.changed.connect(self._recolour)
        self._reset()

    def call_at(self, index: Index) -> CallRow | None:
        """Return the call of a row, None for no row."""
        return self._calls[index.row()] if index.isValid() else None

    def row_of(self, call_id: str) -> int | None:
        """Return the row of a call that is still here."""
        return next((row for row, call in enumerate(self._calls) if call.id == call_id), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._calls)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        call = self._calls[index.row()]
        if role == ROW_ROLE:
            return call
        shown = cell(Column(index.column()), call, self._look)
        if role == CELL_ROLE:
            return shown
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return shown.text
        if role == Qt.ItemDataRole.ToolTipRole and shown.tooltip:
            # As markup it wraps; escaped, because rules and clients name themselves.
            return f"<p>{html.escape(shown.tooltip)}</p>"
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if way is not Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._look.texts(f"column.{column.name.lower()}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | side(column).value
        return None

    def _reset(self) -> None:
        self.beginResetModel()
        self._calls = list(self._state.calls[: self._limit])
        self.endResetModel()

    def _add(self, fresh: list[CallRow]) -> None:
        fresh = fresh[: self._limit]
        self.beginInsertRows(_ROOT, 0, len(fresh) - 1)
        self._calls[:0] = fresh
        self.endInsertRows()
        if len(self._calls) > self._limit:
            self.beginRemoveRows(_ROOT, self._limit, len(self._calls) - 1)
            del self._calls[self._limit :]
            self.endRemoveRows()

    def _recolour(self) -> None:
        if self._calls:
            last = self.index(len(self._calls) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
