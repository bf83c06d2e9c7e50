"""The foot of the sidebar: is it routing, where, and what came of it today."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.formats import usd_total
from butler.desktop.look import Look
from butler.desktop.state import DesktopState, Link
from butler.desktop.widgets.label import ElidedLabel
from butler.desktop.widgets.switch import Switch


class StateDot(QWidget):
    """A dot in the colour of the state; the word beside it says the same."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = "faint"
        self.setFixedSize(8, 8)

    def show_tone(self, tone: str) -> None:
        """Take the colour that the tokens call `tone`."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(self._look.tokens, self._tone)))
        painter.drawEllipse(QPointF(4, 4), 4, 4)


class RoutingCard(QFrame):
    """Draws itself from the state; `routing_asked` carries what the switch was asked for."""

    routing_asked = Signal(bool)

    def __init__(self, look: Look, state: DesktopState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state = state
        self.setProperty("part", "card")
        self.dot = StateDot(look)
        self.word = ElidedLabel("", Type.BODY_STRONG)
        self.switch = Switch(look, look.texts("routing.switch"))
        self.switch.asked.connect(self.routing_asked)
        self.address = ElidedLabel("", Type.CODE, "secondary")
        self.today = ElidedLabel("", Type.SMALL, "secondary")
        self._lay_out()
        state.link_changed.connect(self.draw)
        state.status_changed.connect(self.draw)
        self.draw()

    def collapse(self, collapsed: bool) -> None:
        """Keep only the switch where room is scarce."""
        for part in (self.dot, self.word, self.address, self.today):
            part.setHidden(collapsed)
        side = 5 if collapsed else 12
        self._column.setContentsMargins(side, 10, side, 10)

    def draw(self) -> None:
        """Show the state as it is now."""
        state, texts = self._state, self._look.texts
        running = state.link is Link.RUNNING and state.status is not None
        self.switch.show_state(state.routing, usable=running and not state.paused)
        self.dot.show_tone(_tone(state))
        self.word.setText(texts(f"routing.{state.word if running else state.link}"))
        if state.status is None or state.link in {Link.STOPPED, Link.FAILED}:
            self.address.setText("")
            self.today.setText("")
            return
        self.address.setText(state.status.base_url.partition("://")[2])
        self.today.setText(
            texts(
                "routing.today",
                requests=f"{state.status.requests_today:,}",
                spent=usd_total(state.status.spent_today_usd),
            )
        )

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(7)
        first.addWidget(self.dot)
        first.addWidget(self.word, 1)
        first.addWidget(self.switch)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.address)
        column.addWidget(self.today)


def _tone(state: DesktopState) -> str:
    if state.paused:
        return "warn"
    return "good" if state.routing else "faint"
