"""The request log, and why each call was answered by whom it was."""

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from butler.contract.resources import CallRow
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient, EngineGone, Refused, part
from butler.desktop.models.call_cells import Column
from butler.desktop.models.cells import ROW_ROLE
from butler.desktop.models.log import PAGE_ROWS, LogModel, is_slim
from butler.desktop.pages.page import Page
from butler.desktop.widgets.call_facts import CallFacts
from butler.desktop.widgets.call_table import CallTable
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.connect_card import TryBlock
from butler.desktop.widgets.empty_state import EmptyState
from butler.desktop.widgets.export_button import ExportButton
from butler.desktop.widgets.log_filter import LogFilter
from butler.desktop.widgets.nothing_yet import NothingYet
from butler.desktop.widgets.why_card import WhyCard

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
    """Reads the log page by page; without a filter, new calls come as they end."""

    def __init__(self, desk: Desk) -> None:
        look = desk.look
        super().__init__("requests", look.texts("page.requests"))
        self._desk = desk
        self._wanted: str | None = None
        self._model = LogModel(look, self)
        self._table = CallTable(look, self._model, _WIDTHS, look.texts("page.requests"))
        self._why = WhyCard(look)
        self._facts = CallFacts(look)
        self._table.picked.connect(self._explain)
        self._model.more_asked.connect(self._read_behind)
        self.filter = LogFilter(look)
        self.filter.changed.connect(self.opened)
        self.export = ExportButton(desk, self.filter)
        self.head.addWidget(self.filter)
        self.head.addWidget(self.export)
        self._nothing = EmptyState(look.texts("filter.none"), look.texts("filter.none.text"))
        self._either = QStackedLayout()
        self._either.addWidget(_nothing_yet(desk))
        self._either.addWidget(self._two_panes())
        self._either.addWidget(self._nothing)
        self.column.addLayout(self._either, 1)
        desk.state.calls_reset.connect(self._renew)
        desk.state.calls_added.connect(self._add)

    def opened(self) -> None:
        self._desk.engine.run("requests", self._read_first)

    def show_call(self, call_id: str) -> None:
        """Select a call and explain it; one further down is read for itself."""
        self._wanted = call_id
        self._select()

    def _renew(self) -> None:
        if self.isVisible():
            self.opened()

    async def _read_first(self, client: EngineClient) -> None:
        query = self.filter.query
        found = await client.listed("requests", CallRow, limit=PAGE_ROWS, **query)
        if query == self.filter.query:
            chosen = self._table.currentIndex().data(ROW_ROLE)
            self._model.show_first(found)
            self._draw()
            self._select(chosen.id if chosen else None)

    def _read_behind(self, last: str) -> None:
        async def work(client: EngineClient) -> None:
            query = self.filter.query
            try:
                found = await client.listed(
                    "requests", CallRow, limit=PAGE_ROWS, before=last, **query
                )
            except (EngineGone, Refused):
                self._model.give_up()
                raise
            if query == self.filter.query:
                self._model.show_next(found)

        self._desk.engine.run("more requests", work)

    def _add(self, fresh: list[CallRow]) -> None:
        if self.filter.query:
            # Whether they belong here, the engine knows best.
            self._renew()
        else:
            self._model.show_new(fresh)
            self._draw()
            self._select()

    def _select(self, otherwise: str | None = None) -> None:
        """Select the call that was asked for, else the one that was selected, else the first."""
        row = self._model.row_of(self._wanted or otherwise or "")
        if row is not None:
            self._wanted = None
            self._table.select_row(row)
        elif self._wanted is not None:
            self._explain_from_log(self._wanted)
        elif not self._table.currentIndex().isValid() and self._model.rowCount():
            self._table.select_row(0)

    def _explain_from_log(self, call_id: str) -> None:
        async def work(client: EngineClient) -> None:
            self._explain(await client.read(f"requests/{part(call_id)}", CallRow))

        self._desk.engine.run("request", work)

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
        if self._model.rowCount():
            self._either.setCurrentIndex(1)
        else:
            self._either.setCurrentIndex(2 if self.filter.query else 0)

    def _explain(self, call: CallRow | None) -> None:
        if call is not None and is_slim(call):
            self._explain_from_log(call.id)
            return
        self._why.explain(call)
        self._facts.explain(call)


def _nothing_yet(desk: Desk) -> Card:
    card = Card()
    empty = NothingYet(desk.look, desk.state)
    empty.add(TryBlock(desk.look, desk.state, desk.actions))
    card.body.addWidget(empty)
    return card
