"""The last few decisions, each with who decided."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from butler.desktop.actions import Actions
from butler.desktop.look import Look
from butler.desktop.models.call_cells import Column
from butler.desktop.models.calls import LatestCalls
from butler.desktop.state import DesktopState
from butler.desktop.widgets.call_table import CallTable
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.cell_delegate import ROW_HEIGHT

_RECENT = 12
_FEWEST = 4
_SPACING = 4
_ABOVE = 16 + 20 + _SPACING
_WIDTHS = {
    Column.TIME: 84,
    Column.DECIDED_BY: 192,
    Column.TARGET: 0,
    Column.COST: 84,
}


class RecentCard(Card):
    """A decision that is opened is explained on the page of requests."""

    def __init__(
        self, look: Look, state: DesktopState, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(look.texts("recent.title"), parent)
        self._table = table = CallTable(
            look, LatestCalls(look, state, _RECENT, self), _WIDTHS, look.texts("recent.title")
        )
        table.horizontalHeader().hide()
        table.opened.connect(lambda call: actions.call_asked.emit(call.id))
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The table's cells have margins of their own, so that text lines up with the title.
        self.body.setContentsMargins(6, 16, 6, 6)
        self.head.setContentsMargins(10, 0, 10, 0)
        self.body.setSpacing(_SPACING)
        self.setMinimumHeight(_ABOVE + _FEWEST * ROW_HEIGHT + 6)
        self.body.addWidget(table, 1)
        self.body.addStretch(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Whole rows only: half a decision explains nothing.
        room = event.size().height() - _ABOVE - 6
        self._table.setMaximumHeight(room // ROW_HEIGHT * ROW_HEIGHT)
        super().resizeEvent(event)
