"""The manners of every table: rows to walk with the keyboard, one selected, hairlines between."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.models.cells import ROW_ROLE
from butler.desktop.widgets.cell_delegate import ROW_HEIGHT, CellDelegate

_HEADER_HEIGHT = 36


class Table(QTableView):
    """`widths` are the columns to show, in pixels; 0 takes what is left.

    The model answers `ROW_ROLE` with what a row stands for, and `CELL_ROLE` with its `Cell`.
    """

    picked = Signal(object)
    """What the selected row stands for, or None."""
    opened = Signal(object)
    """What the row stands for that was double-clicked or entered."""

    def __init__(
        self,
        look: Look,
        model: QAbstractItemModel,
        widths: Mapping[int, int],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._delegate = CellDelegate(look)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._set_manners()
        self._lay_out_columns(widths)
        self.selectionModel().currentRowChanged.connect(self._pick)
        self.activated.connect(self._open)

    def select_row(self, row: int) -> None:
        """Select a row and bring it into view."""
        self.setCurrentIndex(self.model().index(row, 0))

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

    def _lay_out_columns(self, widths: Mapping[int, int]) -> None:
        header = self.horizontalHeader()
        header.setFont(font(Type.SMALL))
        header.setFixedHeight(_HEADER_HEIGHT)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        for column in range(self.model().columnCount()):
            width = widths.get(column)
            if width is None:
                self.hideColumn(column)
            elif width == 0:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(column, width)

    def _pick(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.picked.emit(current.data(ROW_ROLE) if current.isValid() else None)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(ROW_ROLE))
