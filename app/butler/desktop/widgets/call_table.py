"""A table of calls: chosen columns, rows to walk with the keyboard, one selected."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.models.call_cells import Column
from butler.desktop.models.calls import CallsModel
from butler.desktop.widgets.call_delegate import ROW_HEIGHT, CallDelegate

_HEADER_HEIGHT = 36
_ROOMY = 860


class CallTable(QTableView):
    """`widths` are the columns to show, in pixels; 0 takes what is left."""

    picked = Signal(object)
    """The selected call, or None."""
    opened = Signal(object)
    """The call that was double-clicked or entered."""

    def __init__(
        self,
        look: Look,
        model: CallsModel,
        widths: Mapping[Column, int],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = model
        self._widths = widths
        self._delegate = CallDelegate(look)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._set_manners()
        self._lay_out_columns()
        self.selectionModel().currentRowChanged.connect(self._pick)
        self.activated.connect(self._open)

    def select_row(self, row: int) -> None:
        """Select a row and bring it into view."""
        self.setCurrentIndex(self._calls.index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A narrow window can do without the tool, and with the beginning of a rule's name.
        roomy = event.size().width() >= _ROOMY
        if Column.TOOL in self._widths:
            self.setColumnHidden(Column.TOOL, not roomy)
        width = self._widths[Column.DECIDED_BY]
        self.setColumnWidth(Column.DECIDED_BY, width if roomy else width * 2 // 3)
        super().resizeEvent(event)

    def _set_manners(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setFont(font(Type.SMALL))
        header.setFixedHeight(_HEADER_HEIGHT)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        for column in Column:
            width = self._widths.get(column)
            if width is None:
                self.hideColumn(column)
            elif width == 0:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(column, width)

    def _pick(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.picked.emit(self._calls.call_at(current))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._calls.call_at(index))
