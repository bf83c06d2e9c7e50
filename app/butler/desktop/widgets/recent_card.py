"""The last few decisions, each with its reason; an invitation to try while there are none."""

from PySide6.QtWidgets import QStackedLayout, QWidget

from butler.desktop.actions import Actions
from butler.desktop.look import Look
from butler.desktop.models.call_cells import Column
from butler.desktop.models.calls import CallsModel
from butler.desktop.state import DesktopState
from butler.desktop.widgets.call_table import CallTable
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.empty_state import EmptyState

_RECENT = 8
_WIDTHS = {
    Column.TIME: 96,
    Column.DECIDED_BY: 150,
    Column.TARGET: 200,
    Column.REASON: 0,
    Column.COST: 88,
}


class RecentCard(Card):
    """A decision that is opened is explained on the page of requests."""

    def __init__(
        self, look: Look, state: DesktopState, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(look.texts("recent.title"), parent)
        self._state = state
        table = CallTable(
            look, CallsModel(look, state, _RECENT, self), _WIDTHS, look.texts("recent.title")
        )
        table.horizontalHeader().hide()
        table.opened.connect(lambda call: actions.call_asked.emit(call.id))
        self._either = QStackedLayout()
        self._either.addWidget(EmptyState(look.texts("empty.title"), look.texts("empty.text")))
        self._either.addWidget(table)
        self.body.setSpacing(4)
        self.body.addLayout(self._either, 1)
        state.calls_reset.connect(self._draw)
        state.calls_added.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._either.setCurrentIndex(1 if self._state.calls else 0)
