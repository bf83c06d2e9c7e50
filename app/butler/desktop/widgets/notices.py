"""What the engine warns of, as long as it does."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from butler.contract.problems import Problem
from butler.desktop.look import Look
from butler.desktop.state import DesktopState
from butler.desktop.widgets.notice import Notice


class Notices(QWidget):
    """Draws itself from the state; without warnings it takes no room."""

    def __init__(self, look: Look, state: DesktopState) -> None:
        super().__init__()
        self._look = look
        self._state = state
        self._warnings: list[Problem] = []
        self._notices: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()
        state.status_changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        warnings = self._state.status.warnings if self._state.status else []
        if warnings == self._warnings:
            return
        self._warnings = warnings
        while self._notices:
            self._notices.pop().deleteLater()
        for problem in warnings:
            detail = " ".join(part for part in (problem.detail, problem.hint) if part)
            notice = Notice(self._look, self._look.texts.problem(problem), detail)
            self._notices.append(notice)
            self._column.addWidget(notice)
        self.setVisible(bool(warnings))
