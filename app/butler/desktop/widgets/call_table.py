"""A table of calls: in a narrow window it does without what can be done without."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from butler.desktop.look import Look
from butler.desktop.models.call_cells import Column
from butler.desktop.widgets.table import Table

_ROOMY = 860


class CallTable(Table):
    """`widths` are the columns to show, in pixels; 0 takes what is left."""

    def __init__(
        self,
        look: Look,
        model: QAbstractItemModel,
        widths: Mapping[Column, int],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look, model, {int(at): width for at, width in widths.items()}, name, parent
        )
        self._widths = widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A narrow window can do without the tool, and with the beginning of a rule's name.
        roomy = event.size().width() >= _ROOMY
        if Column.TOOL in self._widths:
            self.setColumnHidden(Column.TOOL, not roomy)
        width = self._widths[Column.DECIDED_BY]
        self.setColumnWidth(Column.DECIDED_BY, width if roomy else width * 2 // 3)
        super().resizeEvent(event)
