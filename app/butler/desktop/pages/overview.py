"""The first page: how it stands, how to connect a tool, and what was decided just now."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from butler.contract.problems import Problem
from butler.contract.resources import Status
from butler.desktop.desk import Desk
from butler.desktop.formats import number, usd_total
from butler.desktop.pages.page import Page
from butler.desktop.widgets.connect_card import ConnectCard
from butler.desktop.widgets.figure_card import FigureCard
from butler.desktop.widgets.notice import Notice
from butler.desktop.widgets.recent_card import RecentCard


class OverviewPage(Page):
    """Draws itself from the state."""

    def __init__(self, desk: Desk) -> None:
        look, state, actions = desk.look, desk.state, desk.actions
        super().__init__("overview", look.texts("page.overview"), scrolls=True)
        self._look = look
        self._state = state
        self._warnings: list[Problem] = []
        self._notices: list[Notice] = []
        self._notice_column = QVBoxLayout()
        self._notice_column.setSpacing(8)
        self._requests = FigureCard(look.texts("figure.requests"))
        self._spent = FigureCard(look.texts("figure.spent"))
        self._unpriced = FigureCard(look.texts("figure.unpriced"))
        self._in_flight = FigureCard(look.texts("figure.in_flight"))
        figures = QHBoxLayout()
        figures.setSpacing(16)
        for card in (self._requests, self._spent, self._unpriced, self._in_flight):
            figures.addWidget(card, 1)
        self.column.addLayout(self._notice_column)
        self.column.addLayout(figures)
        self.column.addWidget(ConnectCard(look, state, actions))
        self.column.addWidget(RecentCard(look, state, actions), 1)
        state.status_changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        status = self._state.status
        if status is None:
            return
        self._draw_figures(status)
        if status.warnings != self._warnings:
            self._warnings = status.warnings
            self._draw_notices()

    def _draw_figures(self, status: Status) -> None:
        texts = self._look.texts
        since = self._look.formats.clock(status.started_at, seconds=False)
        self._requests.show_figure(
            number(status.requests_today), texts("figure.requests.note", since=since)
        )
        self._spent.show_figure(usd_total(status.spent_today_usd), texts("figure.spent.note"))
        unpriced = status.unpriced_today
        self._unpriced.show_figure(
            number(unpriced),
            texts("figure.unpriced.some" if unpriced else "figure.unpriced.none"),
            "warn" if unpriced else "secondary",
        )
        self._in_flight.show_figure(number(status.in_flight), texts("figure.in_flight.note"))

    def _draw_notices(self) -> None:
        while self._notices:
            self._notices.pop().deleteLater()
        for problem in self._warnings:
            detail = " ".join(part for part in (problem.detail, problem.hint) if part)
            notice = Notice(self._look, self._look.texts.problem(problem), detail)
            self._notices.append(notice)
            self._notice_column.addWidget(notice)
