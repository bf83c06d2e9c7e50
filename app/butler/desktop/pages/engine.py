"""What stands in place of every page while there is no engine: what happened, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.desktop.failure import Failure
from butler.desktop.look import Look
from butler.desktop.pages.page import Page
from butler.desktop.state import DesktopState, Link
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.empty_state import EmptyState
from butler.desktop.widgets.log_lines import LogLines


class EnginePage(Page):
    """Draws itself from the link; `retry_asked` when another try is wanted."""

    retry_asked = Signal()

    def __init__(self, look: Look, state: DesktopState) -> None:
        super().__init__("engine", look.texts("page.engine"))
        self._look = look
        self._state = state
        self._words = EmptyState("", "")
        self._log = LogLines(look.texts("engine.log"))
        self._retry = Button("", primary=True)
        self._retry.setObjectName("engine.retry")
        self._retry.clicked.connect(self.retry_asked)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignHCenter)
        self._words.add(self._log)
        self._words.add(middle)
        card = Card()
        card.body.addWidget(self._words)
        self.column.addWidget(card, 1)
        state.link_changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        texts, state = self._look.texts, self._state
        if state.link is Link.FAILED and state.failure:
            self._draw_failure(state.failure)
            return
        waiting = state.link is not Link.STOPPED
        key = "engine.starting" if waiting else "engine.stopped"
        self._words.say(texts(f"{key}.title"), texts(f"{key}.text"))
        self._log.hide()
        self._retry.setHidden(waiting)
        self._retry.setText(texts("engine.start"))

    def _draw_failure(self, failure: Failure) -> None:
        texts = self._look.texts
        key = f"engine.{failure.kind}"
        self._words.say(texts(f"{key}.title"), texts(f"{key}.text"))
        self._log.show_lines(failure.output)
        self._log.setVisible(bool(failure.output))
        self._retry.setText(texts("engine.retry"))
        self._retry.show()
