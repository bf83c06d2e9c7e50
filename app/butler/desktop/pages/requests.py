"""The latest requests, and why each was answered by whom it was."""

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from butler.contract.resources import CallRow
from butler.desktop.actions import Actions
from butler.desktop.desk import Desk
from butler.desktop.look import Look
from butler.desktop.models.call_cells import Column
from butler.desktop.models.calls import CallsModel
from butler.desktop.pages.page import Page
from butler.desktop.state import DesktopState
from butler.desktop.widgets.call_facts import CallFacts
from butler.desktop.widgets.call_table import CallTable
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.connect_card import TryBlock
from butler.desktop.widgets.nothing_yet import NothingYet
from butler.desktop.widgets.why_card import WhyCard

_KEPT = 200
_FACTS_WIDTH = 300
_WIDTHS = {
    Column.TIME: 96,
    Column.DECIDED_BY: 192,
    Column.TARGET: 0,
    Column.TOOL: 128,
    Column.DURATION: 88,
    Column.TOKENS: 124,
    Column.COST: 88,
    Column.STATUS: 72,
}


class RequestsPage(Page):
    """Draws itself from the state."""

    def __init__(self, desk: Desk) -> None:
        look, state, actions = desk.look, desk.state, desk.actions
        super().__init__("requests", look.texts("page.requests"))
        self._state = state
        self._model = CallsModel(look, state, _KEPT, self)
        self._table = CallTable(look, self._model, _WIDTHS, look.texts("page.requests"))
        self._why = WhyCard(look)
        self._facts = CallFacts(look)
        self._table.picked.connect(self._explain)
        self._either = QStackedLayout()
        self._either.addWidget(_nothing_yet(look, state, actions))
        self._either.addWidget(self._two_panes())
        self.column.addLayout(self._either, 1)
        state.calls_reset.connect(self._draw)
        state.calls_added.connect(self._draw)
        self._draw()

    def show_call(self, call_id: str) -> None:
        """Select a call and explain it, if it is still here."""
        row = self._model.row_of(call_id)
        if row is not None:
            self._table.select_row(row)

    def _two_panes(self) -> QWidget:
        top = Card()
        top.body.setContentsMargins(6, 2, 6, 6)
        top.body.addWidget(self._table)
        self._facts.setFixedWidth(_FACTS_WIDTH)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self._why, 1)
        below.addWidget(self._facts)
        panes = QWidget()
        column = QVBoxLayout(panes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(top, 11)
        column.addLayout(below, 10)
        return panes

    def _draw(self) -> None:
        self._either.setCurrentIndex(1 if self._state.calls else 0)
        if self._state.calls and not self._table.currentIndex().isValid():
            self._table.select_row(0)

    def _explain(self, call: CallRow | None) -> None:
        self._why.explain(call)
        self._facts.explain(call)


def _nothing_yet(look: Look, state: DesktopState, actions: Actions) -> Card:
    card = Card()
    empty = NothingYet(look, state)
    empty.add(TryBlock(look, state, actions))
    card.body.addWidget(empty)
    return card
