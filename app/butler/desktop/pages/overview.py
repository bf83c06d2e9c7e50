"""The first page: what came of it, who decided, how long it took, and what was decided just now.

Before the first request it says how to connect a tool instead.
"""

import asyncio
from datetime import UTC, datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from butler.contract.statistics import Statistics
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.models.spans import SPANS, Span, local_zone
from butler.desktop.models.trend import TOP
from butler.desktop.pages.page import Page
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.connect_card import ConnectCard
from butler.desktop.widgets.nothing_yet import NothingYet
from butler.desktop.widgets.notices import Notices
from butler.desktop.widgets.overview.figure_filter import DIMENSIONS, FigureFilter
from butler.desktop.widgets.overview.figure_row import FigureRow
from butler.desktop.widgets.overview.times_card import TimesCard
from butler.desktop.widgets.overview.trend_cards import TrendCards
from butler.desktop.widgets.recent_card import RecentCard
from butler.desktop.widgets.segmented import Segmented

_LAYERS = 10
_OFFERED = 30
_AFTER_CALLS_MS = 1_000
"""Calls that end close together are counted together."""
_AGAIN_MS = 60_000
_START, _FIGURES = range(2)


class OverviewPage(Page):
    """Asks for statistics when it is opened, when calls have ended, and as time goes by."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("overview", desk.look.texts("page.overview"), scrolls=True)
        self._desk = desk
        self._reading: asyncio.Task[None] | None = None
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_CALLS_MS)
        self._again = QTimer(self, interval=_AGAIN_MS)
        texts = desk.look.texts
        self.spans = Segmented(
            texts("figures.span"), [(span, texts(f"figures.span.{span.bucket}")) for span in SPANS]
        )
        for span in SPANS:
            self.spans.explain(span, texts(f"figures.span.{span.bucket}.why"))
        self.filter = FigureFilter(desk.look)
        self.figures = FigureRow(desk.look)
        self.trend = TrendCards(desk)
        self.times = TimesCard(desk.look)
        self._notices = Notices(desk.look, desk.state)
        self._either = QStackedWidget()
        self._either.addWidget(_start(desk))
        self._either.addWidget(self._whole())
        self.head.addWidget(self.spans)
        self.head.addWidget(self.filter)
        self.column.addWidget(self._notices)
        self.column.addWidget(self._either, 1)
        for asked in (self.spans.picked, self.filter.changed, self.trend.asked, self.times.asked):
            asked.connect(self._read)
        self._soon.timeout.connect(self._renew)
        self._again.timeout.connect(self._renew)
        desk.state.calls_reset.connect(self._draw)
        desk.state.calls_added.connect(self._draw)
        self._draw()

    def opened(self) -> None:
        self._again.start()
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        self._again.stop()
        self._soon.stop()
        super().hideEvent(event)

    def _draw(self) -> None:
        begun = bool(self._desk.state.calls)
        self._either.setCurrentIndex(_FIGURES if begun else _START)
        self.spans.setVisible(begun)
        if not begun:
            self.filter.hide()
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _read(self) -> None:
        if not self._desk.state.calls:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._desk.engine.run("statistics", self._show)

    def _renew(self) -> None:
        """Read again, unless an answer is still on its way: a large log takes its time."""
        if self._reading is not None and not self._reading.done():
            self._soon.start()
        else:
            self._read()

    @property
    def _span(self) -> Span:
        chosen = self.spans.value
        return chosen if isinstance(chosen, Span) else SPANS[0]

    async def _show(self, client: EngineClient) -> None:
        span, now = self._span, datetime.now(UTC).astimezone()
        since, filters, zone = span.since(now).isoformat(), self.filter.query, local_zone()

        async def ask(since: str = since, **more: str | int | None) -> Statistics:
            return await client.read(
                "statistics", Statistics, from_=since, tz=zone, **more, **filters
            )

        group = self.trend.group
        top = _LAYERS if group == "layer" else TOP
        found = await ask(bucket=span.bucket, group_by=group, top=top)
        first, last = span.before(now)
        before = await ask(since=first.isoformat(), to=last.isoformat())
        times = await ask(group_by=self.times.by, top=_LAYERS)
        self.figures.show_figures(found, before, span)
        self.trend.show_trend(found, span)
        self.times.show_times(times)
        for dimension in DIMENSIONS:
            every = await client.read(
                "statistics", Statistics, from_=since, group_by=dimension, top=_OFFERED
            )
            self.filter.offer(dimension, every.groups)

    def _whole(self) -> QWidget:
        desk = self._desk
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.times, 54)
        below.addWidget(RecentCard(desk.look, desk.state, desk.actions), 46)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.figures)
        column.addWidget(self.trend, 316)
        column.addLayout(below, 296)
        return whole


def _start(desk: Desk) -> QWidget:
    """Return what is shown before the first request."""
    start = QWidget()
    column = QVBoxLayout(start)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(16)
    column.addWidget(ConnectCard(desk.look, desk.state, desk.actions))
    nothing = Card(desk.look.texts("recent.title"))
    empty = NothingYet(desk.look, desk.state)
    guide = Button(desk.look.texts("guide.open"), primary=True)
    guide.setObjectName("guide.open")
    guide.setAccessibleName(guide.text())
    guide.clicked.connect(desk.actions.guide_asked.emit)
    empty.add(guide)
    nothing.body.addWidget(empty, 1)
    column.addWidget(nothing, 1)
    return start
