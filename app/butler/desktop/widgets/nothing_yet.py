"""What stands in place of requests while there are none: how to send the first one."""

from PySide6.QtWidgets import QWidget

from butler.desktop.look import Look
from butler.desktop.state import DesktopState
from butler.desktop.widgets.empty_state import EmptyState


class NothingYet(EmptyState):
    """Says who would answer: your provider, or the demo while none is configured."""

    def __init__(self, look: Look, state: DesktopState, parent: QWidget | None = None) -> None:
        super().__init__(look.texts("empty.title"), "", parent)
        self._look = look
        self._state = state
        state.status_changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        texts, status = self._look.texts, self._state.status
        text = texts("empty.text")
        if status and status.demo:
            text = f"{text}\n{texts('empty.demo')}"
        self.say(texts("empty.title"), text)
