"""Hit analysis: what each rule did over a period, for whom, and which rules do nothing."""

import asyncio
from datetime import UTC, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from butler.contract.resources import CallRow, Rule
from butler.contract.statistics import Statistics
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.models.rule_hits import (
    PERIODS,
    Asked,
    HitReport,
    RuleHits,
    Standing,
    hit_report,
)
from butler.desktop.models.spans import local_zone
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.empty_state import EmptyState
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.rules.hit_columns import NAMES, HitColumns
from butler.desktop.widgets.rules.hit_figures import HitFigures
from butler.desktop.widgets.rules.hit_table import HitTable
from butler.desktop.widgets.segmented import Segmented
from butler.desktop.widgets.select import Select

_ALL_RULES = 1_000
_ALL_TOKENS = 100
_LAYERS = 20
_EVER = "2000-01-01"
"""Before anything was counted."""
_SOON_MS = 1_000
"""Calls that end close together are counted together."""
_SELECT_WIDTH = 148
_TABLE, _EMPTY = range(2)


class HitAnalysis(QWidget):
    """Asks the engine when it is shown, when rules changed, and when they decided calls."""

    rule_asked = Signal(str)
    """The id of a rule that was double-clicked or entered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("hits")
        self._desk = desk
        self._reading: asyncio.Task[None] | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self.report: HitReport | None = None
        self.period = self._make_period()
        self.token = Select(desk.look.texts("group.token"), [(None, self._every_token)])
        self.token.setObjectName("hits.token")
        self.token.setFixedWidth(_SELECT_WIDTH)
        self.token.hide()
        self.figures = HitFigures(desk.look)
        self._columns = HitColumns(desk.look)
        self.table = HitTable(desk.look, self._columns)
        self.table.setObjectName("hits.table")
        self.order = self._make_order()
        self.turn = QuietButton("")
        self.turn.setObjectName("hits.turn")
        self._show_order(self.table.rows.column)
        self._lay_out()
        self.period.picked.connect(self.refresh)
        self.token.picked.connect(self.refresh)
        self.order.picked.connect(self.table.choose_order)
        self.turn.clicked.connect(self.table.turn_round)
        self.table.ordered.connect(self._show_order)
        self.table.opened.connect(self._open)
        self._soon.timeout.connect(self._renew)
        desk.state.calls_added.connect(self._note_calls)
        desk.state.config_changed.connect(self._note_change)

    def refresh(self) -> None:
        """Read the figures anew."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._desk.engine.run("rule hits", self._read)

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        if self._reading is not None:
            self._reading.cancel()
        super().hideEvent(event)

    @property
    def _every_token(self) -> str:
        return self._desk.look.texts("figures.every.token")

    def _note_calls(self, calls: list[CallRow]) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _note_change(self, resources: list[str]) -> None:
        if self.isVisible():
            self._soon.start()

    def _renew(self) -> None:
        """Read again, unless an answer is still on its way: a large log takes its time."""
        if self._reading is not None and not self._reading.done():
            self._soon.start()
        else:
            self.refresh()

    async def _read(self, client: EngineClient) -> None:
        span = PERIODS[str(self.period.value)]
        since = span.since(datetime.now(UTC).astimezone()).isoformat()
        token = None if self.token.value is None else str(self.token.value)

        async def count(by: str, top: int, since: str = since, **more: str | None) -> Statistics:
            return await client.read(
                "statistics", Statistics, group_by=by, top=top, from_=since, **more
            )

        zone = local_zone()
        period = await count("rule", _ALL_RULES, token=token, bucket=span.bucket, tz=zone)
        layers = await count("layer", _LAYERS, token=token)
        ever = await count("rule", _ALL_RULES, since=_EVER)
        tokens = await count("token", _ALL_TOKENS)
        rules = await client.listed("rules", Rule)
        asked = Asked(period, ever, layers, one_token=token is not None)
        self.report = hit_report(rules, asked)
        self._columns.show(self.report, span)
        self.figures.show_report(self.report)
        self.table.rows.show_rows(self.report.rules)
        self._either.setCurrentIndex(_TABLE if self.report.rules else _EMPTY)
        self._offer(tokens)

    def _offer(self, tokens: Statistics) -> None:
        """Offer the tokens that were used; one that is chosen stays though it was not."""
        none = self._desk.look.texts("group.none.token")
        options: dict[object, str] = {None: self._every_token}
        options |= {each.key: each.label or none for each in tokens.groups if each.key is not None}
        if self.token.value not in options:
            options[self.token.value] = self.token.currentText()
        self.token.offer(list(options.items()))
        self.token.setVisible(len(options) > 2 or self.token.value is not None)

    def _open(self, rule: RuleHits) -> None:
        if rule.standing is not Standing.GONE:
            self.rule_asked.emit(rule.id)

    def _make_period(self) -> Segmented:
        texts = self._desk.look.texts
        words = [(name, texts(f"rules.hits.period.{name}")) for name in PERIODS]
        period = Segmented(texts("figures.span"), words)
        period.setObjectName("hits.period")
        period.show_value("week")
        return period

    def _make_order(self) -> Select:
        texts = self._desk.look.texts
        words = [(at, texts(f"rules.hits.column.{name}")) for at, name in enumerate(NAMES)]
        order = Select(texts("rules.hits.order"), words)
        order.setObjectName("hits.order")
        order.setFixedWidth(_SELECT_WIDTH)
        return order

    def _show_order(self, column: int) -> None:
        texts, down = self._desk.look.texts, self.table.rows.largest_first
        self.order.show_value(column)
        self.turn.setText("↓" if down else "↑")
        words = texts("rules.hits.down" if down else "rules.hits.up")
        self.turn.setAccessibleName(words)
        self.turn.setToolTip(words)

    def _lay_out(self) -> None:
        texts = self._desk.look.texts
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.period)
        head.addWidget(self.token)
        head.addStretch(1)
        head.addWidget(Label(texts("rules.hits.order"), tone="secondary"))
        head.addWidget(self.order)
        head.addWidget(self.turn)
        card = Card()
        card.body.setContentsMargins(6, 4, 6, 6)
        card.body.addWidget(self.table)
        self._either = QStackedWidget()
        self._either.addWidget(card)
        self._either.addWidget(
            EmptyState(texts("rules.hits.empty.title"), texts("rules.hits.empty.text"))
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.figures)
        column.addWidget(self._either, 1)
