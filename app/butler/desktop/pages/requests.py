"""The request log, and why each call was answered by whom it was."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from butler.contract.resources import CallRow
from butler.contract.statistics import Statistics
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient, EngineGone, Refused, part
from butler.desktop.models.call_cells import Column
from butler.desktop.models.cells import ROW_ROLE
from butler.desktop.models.log import PAGE_ROWS, LogModel, is_slim
from butler.desktop.pages.page import Page
from butler.desktop.widgets.call_table import CallTable
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.connect_card import TryBlock
from butler.desktop.widgets.empty_state import EmptyState
from butler.desktop.widgets.nothing_yet import NothingYet
from butler.desktop.widgets.requests.call_actions import CallActions
from butler.desktop.widgets.requests.call_facts import CallFacts
from butler.desktop.widgets.requests.export_button import ExportButton
from butler.desktop.widgets.requests.log_filter import DIMENSIONS, LogFilter
from butler.desktop.widgets.why_card import WhyCard

_FACTS_WIDTH = 300
_SEARCH_WIDTH = 280
_OFFERED = 50
_EVER = "2000-01-01"
_AFTER_CALLS_MS = 5_000
"""So long what occurs may be older than the newest call."""
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
        self.calls = LogModel(look, self)
        self._table = CallTable(look, self.calls, _WIDTHS, look.texts("page.requests"))
        self._why = WhyCard(look)
        self._facts = CallFacts(look)
        self._table.picked.connect(self._explain)
        self.calls.more_asked.connect(self._read_behind)
        self.filter = LogFilter(look)
        self.filter.changed.connect(self._reread)
        self.export = ExportButton(desk, self.filter)
        self.filter.text.setFixedWidth(_SEARCH_WIDTH)
        self.head.addWidget(self.filter.text)
        self.head.addWidget(self.export)
        self.call_actions = CallActions(desk)
        self._why.head.addWidget(self.call_actions)
        self._nothing = EmptyState(look.texts("filter.none"), look.texts("filter.none.text"))
        self._either = QStackedLayout()
        self._either.addWidget(_nothing_yet(desk))
        self._either.addWidget(self._two_panes())
        self._either.addWidget(self._nothing)
        self.column.addWidget(self.filter)
        self.column.addLayout(self._either, 1)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_CALLS_MS)
        self._soon.timeout.connect(self._look_what_occurs)
        desk.state.calls_reset.connect(self._renew)
        desk.state.calls_added.connect(self._add)

    def opened(self) -> None:
        self.filter.renew()
        self._reread()
        self._look_what_occurs()

    def _look_what_occurs(self) -> None:
        if self.isVisible():
            self._desk.engine.run("what occurs", self._offer)

    def _reread(self) -> None:
        self._desk.engine.run("requests", self._read_first)

    async def _offer(self, client: EngineClient) -> None:
        """Offer in the filter what occurs in the log."""
        for dimension in DIMENSIONS:
            found = await client.read(
                "statistics", Statistics, from_=_EVER, group_by=dimension, top=_OFFERED
            )
            self.filter.offer(dimension, found.groups)

    def show_call(self, call_id: str) -> None:
        """Select a call and explain it; one further down is read for itself."""
        self._wanted = call_id
        self._select()

    def _renew(self) -> None:
        if self.isVisible():
            self._reread()

    async def _read_first(self, client: EngineClient) -> None:
        query = self.filter.query
        found = await client.listed("requests", CallRow, limit=PAGE_ROWS, **query)
        if query == self.filter.query:
            chosen = self._table.currentIndex().data(ROW_ROLE)
            self.calls.show_first(found)
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
                self.calls.give_up()
                raise
            if query == self.filter.query:
                self.calls.show_next(found)

        self._desk.engine.run("more requests", work)

    def _add(self, fresh: list[CallRow]) -> None:
        if not self._soon.isActive():
            self._soon.start()
        if self.filter.query:
            # Whether they belong here, the engine knows best.
            self._renew()
        else:
            self.calls.show_new(fresh)
            self._draw()
            self._select()

    def _select(self, otherwise: str | None = None) -> None:
        """Select the call that was asked for, else the one that was selected, else the first."""
        row = self.calls.row_of(self._wanted or otherwise or "")
        if row is not None:
            self._wanted = None
            self._table.select_row(row)
        elif self._wanted is not None:
            self._explain_from_log(self._wanted)
        elif not self._table.currentIndex().isValid() and self.calls.rowCount():
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
        column.addWidget(top, 10)
        column.addLayout(below, 11)
        return panes

    def _draw(self) -> None:
        if self.calls.rowCount():
            self._either.setCurrentIndex(1)
        else:
            self._either.setCurrentIndex(2 if self.filter.query else 0)

    def _explain(self, call: CallRow | None) -> None:
        if call is not None and is_slim(call):
            self._explain_from_log(call.id)
            return
        self._why.explain(call)
        self._facts.explain(call)
        self.call_actions.show_call(call)


def _nothing_yet(desk: Desk) -> Card:
    card = Card()
    empty = NothingYet(desk.look, desk.state)
    empty.add(TryBlock(desk.look, desk.state, desk.actions))
    card.body.addWidget(empty)
    return card
