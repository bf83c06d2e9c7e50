"""The playground: what would happen to a request, and why; no model is called."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from butler.contract.explanation import Explanation
from butler.contract.problems import Problem
from butler.contract.resources import CallRow, Setting, Token
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.pages.page import Page
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.empty_state import EmptyState
from butler.desktop.widgets.playground.decision_card import DecisionCard
from butler.desktop.widgets.playground.input_card import InputCard

_LEFT_WIDTH = 404
EXAMPLES = ("code", "chat", "translation")
_PAST_OFFERED = 50


class PlaygroundPage(Page):
    """Asks the engine to explain whatever is written, a moment after it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("playground", desk.look.texts("page.playground"))
        self._desk = desk
        self._asking: asyncio.Task[None] | None = None
        self.input = InputCard(desk.look)
        self.input.setFixedWidth(_LEFT_WIDTH)
        self.input.settled.connect(self._explain)
        self.decision = DecisionCard(desk.look)
        panes = QWidget()
        row = QHBoxLayout(panes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.input)
        right = QWidget()
        self._right = QStackedLayout(right)
        self._right.addWidget(self._empty())
        self._right.addWidget(self.decision)
        row.addWidget(right, 1)
        self.column.addWidget(panes, 1)
        desk.state.config_changed.connect(self._follow)

    def opened(self) -> None:
        self._desk.engine.run("playground", self._read)

    def try_request(self, text: str) -> None:
        """Take a prompt from another page."""
        self.input.try_text(text)

    def try_call(self, call_id: str) -> None:
        """Take a past call from another page."""
        self.input.try_call(call_id)

    def _empty(self) -> EmptyState:
        texts = self._desk.look.texts
        empty = EmptyState(texts("playground.empty"), texts("playground.empty.what"))
        for name in EXAMPLES:
            words = texts(f"playground.example.{name}")
            button = QuietButton(words)
            button.setObjectName(f"playground.example.{name}")
            button.clicked.connect(lambda _=False, words=words: self.input.try_text(words))
            empty.add(button)
        return empty

    def _follow(self, _resources: list[str]) -> None:
        if self.isVisible():
            self.opened()
            self.input.again()

    async def _read(self, client: EngineClient) -> None:
        tokens = await client.listed("tokens", Token)
        calls = await client.listed("requests", CallRow, limit=_PAST_OFFERED)
        settings = await client.listed("settings", Setting)
        self.input.offer(tokens, calls, settings)

    def _explain(self, asked: Mapping[str, Any] | None) -> None:
        if self._asking is not None:
            self._asking.cancel()
        if asked is None:
            if self.decision.found is None:
                self._right.setCurrentIndex(0)
            return
        body = dict(asked)

        async def work(client: EngineClient) -> None:
            found = await client.ask("POST", "explain", Explanation, body)
            self.decision.show_explanation(found)
            self._right.setCurrentWidget(self.decision)

        self._asking = self._desk.engine.run("explain", work, self._refused)

    def _refused(self, problems: Sequence[Problem]) -> None:
        told = (f"{each.detail} {each.hint or ''}".strip() for each in problems)
        self.input.refuse(" ".join(told))
