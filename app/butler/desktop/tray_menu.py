"""The tray's menu: the routing switch, today, the last decisions with their reason, copies."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from butler.contract.resources import CallRow
from butler.desktop.actions import Actions
from butler.desktop.formats import DASH, usd_total
from butler.desktop.layers import decided_by, reason
from butler.desktop.look import Look
from butler.desktop.state import DesktopState, Link

_LATEST = 5
_LONGEST = 80
_TOKENS = "tokens"


class TrayMenu(QMenu):
    """Drawn from the state by `draw`; an entry's object name is its action's id."""

    def __init__(self, look: Look, state: DesktopState, actions: Actions) -> None:
        super().__init__()
        self._look = look
        self._state = state
        self._actions = actions
        self.aboutToShow.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Write the menu anew from the state."""
        texts, status = self._look.texts, self._state.status
        running = self._state.link is Link.RUNNING and status is not None
        self.clear()
        self._add_switches(running)
        self._note(self._today() if running else texts(f"routing.{self._state.link}"))
        self.addSeparator()
        self._add_decisions()
        self.addSeparator()
        copy = self._add("copy.base_url", texts("tray.copy_base_url"), self._actions.copy_base_url)
        copy.setEnabled(running)
        self._add_token(running)
        self.addSeparator()
        self._add("window.open", texts("tray.open"), self._actions.window_asked.emit)
        self._add("app.quit", texts("tray.quit"), self._actions.quit_asked.emit)

    def _add_switches(self, running: bool) -> None:
        texts, state, actions = self._look.texts, self._state, self._actions
        self._switch(
            "routing",
            texts("routing.switch"),
            actions.set_routing,
            on=state.routing,
            # Paused says nothing of what comes after it.
            usable=running and not state.paused,
        )
        for name, do, on in (
            ("local_only", actions.set_local_only, state.local_only),
            ("paused", actions.set_paused, state.paused),
        ):
            self._switch(name, texts(f"tray.{name}"), do, on=on, usable=running)

    def _switch(
        self, name: str, text: str, do: Callable[[bool], None], *, on: bool, usable: bool
    ) -> None:
        action = self._add(name, text, do)
        action.setCheckable(True)
        action.setChecked(on)
        action.setEnabled(usable)

    def _add_token(self, running: bool) -> None:
        """Offer the default token's copy; where none is kept, to make another."""
        texts, status = self._look.texts, self._state.status
        if running and status is not None and status.default_token is None:
            self._add(
                "new.token", texts("tray.new_token"), lambda: self._actions.open_page(_TOKENS)
            )
            return
        copy = self._add("copy.token", texts("tray.copy_token"), self._actions.copy_token)
        copy.setEnabled(running)

    def _today(self) -> str:
        texts, status = self._look.texts, self._state.status
        if status is None:
            return DASH
        spent = usd_total(status.spent_today_usd)
        today = texts.count("tray.today", status.requests_today, spent=spent)
        if not status.unpriced_today:
            return today
        return f"{today} · {texts('tray.unpriced', number=f'{status.unpriced_today:,}')}"

    def _add_decisions(self) -> None:
        calls = self._state.calls[:_LATEST]
        self._note(self._look.texts("tray.decisions" if calls else "empty.title"))
        for call in calls:
            entry = self._add("call.open", self._decision(call), self._asker(call.id))
            entry.setIcon(_dot(self._look.tokens.layer(call.layer)))

    def _decision(self, call: CallRow) -> str:
        texts = self._look.texts
        time = self._look.formats.clock(call.started_at, seconds=False)
        what = f"{decided_by(call, texts)} → {call.target or DASH}"
        if call.layer is None:
            what = call.requested_model or DASH
        line, why = f"{time}  {what}", reason(call)
        line = f"{line} – {why}" if why else line
        return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"

    def _asker(self, call_id: str) -> Callable[[], None]:
        return lambda: self._actions.call_asked.emit(call_id)

    def _note(self, text: str) -> None:
        self.addAction(_literal(text)).setEnabled(False)

    def _add(self, name: str, text: str, do: Callable[..., object]) -> QAction:
        action = self.addAction(_literal(text))
        action.setObjectName(name)
        action.triggered.connect(do)
        return action


def _literal(text: str) -> str:
    # A menu takes an ampersand for the mark of a shortcut.
    return text.replace("&", "&&")


def _dot(colour: str) -> QIcon:
    picture = QPixmap(16, 16)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QRectF(4, 4, 8, 8))
    painter.end()
    return QIcon(picture)
