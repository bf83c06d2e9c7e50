"""Calls as Qt table models: the latest ones, which come and go with the state, and any others."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from butler.contract.resources import CallRow
from butler.desktop.look import Look
from butler.desktop.models.call_cells import Column, cell, side
from butler.desktop.models.cells import CELL_ROLE, ROW_ROLE, Index
from butler.desktop.state import DesktopState

_ROOT = QModelIndex()


class CallsModel(QAbstractTableModel):
    """Calls, newest first; a selected row keeps its call when others arrive."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._calls: list[CallRow] = []
        look.theme.changed.connect(self._recolour)

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

    def start_over(self, calls: Sequence[CallRow]) -> None:
        """Show these calls and no others."""
        self.beginResetModel()
        self._calls = list(calls)
        self.endResetModel()

    def put_before(self, calls: Sequence[CallRow]) -> None:
        """Show newer calls above."""
        if calls:
            self.beginInsertRows(_ROOT, 0, len(calls) - 1)
            self._calls[:0] = calls
            self.endInsertRows()

    def put_behind(self, calls: Sequence[CallRow]) -> None:
        """Show older calls below."""
        if calls:
            first = len(self._calls)
            self.beginInsertRows(_ROOT, first, first + len(calls) - 1)
            self._calls.extend(calls)
            self.endInsertRows()

    def keep(self, limit: int) -> None:
        """Let go of all but the newest."""
        if len(self._calls) > limit:
            self.beginRemoveRows(_ROOT, limit, len(self._calls) - 1)
            del self._calls[limit:]
            self.endRemoveRows()

    def _recolour(self) -> None:
        if self._calls:
            last = self.index(len(self._calls) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class LatestCalls(CallsModel):
    """At most `limit` of the state's calls."""

    def __init__(
        self, look: Look, state: DesktopState, limit: int, parent: QObject | None = None
    ) -> None:
        super().__init__(look, parent)
        self._state = state
        self._limit = limit
        state.calls_reset.connect(self._reset)
        state.calls_added.connect(self._add)
        self._reset()

    def _reset(self) -> None:
        self.start_over(self._state.calls[: self._limit])

    def _add(self, fresh: list[CallRow]) -> None:
        self.put_before(fresh[: self._limit])
        self.keep(self._limit)
