"""What is worth a word from the tray: a model kept away for good, an engine that came back."""

from typing import Protocol

from PySide6.QtCore import QObject

from butler.contract.events import Alert
from butler.contract.texts import Texts
from butler.desktop.state import DesktopState, Link


class Speaker(Protocol):
    """Who says it: the tray."""

    def tell(self, text: str) -> None:
        """Say something in a bubble."""


class Notifications(QObject):
    """Says each thing once, when it happens; what is said while one looks on is in the window."""

    def __init__(self, state: DesktopState, tray: Speaker, texts: Texts) -> None:
        super().__init__(state)
        self._state = state
        self._tray = tray
        self._texts = texts
        self._pid: int | None = None
        state.alerted.connect(self._warn)
        state.link_changed.connect(self._follow)

    def _warn(self, alert: Alert) -> None:
        what = self._texts.problem(alert.problem)
        self._tray.tell(self._texts("notice.alert", target=alert.target, what=what))

    def _follow(self) -> None:
        status = self._state.status
        if self._state.link is not Link.RUNNING or status is None:
            return
        if self._pid not in {None, status.pid}:
            self._tray.tell(self._texts("notice.restarted"))
        self._pid = status.pid
