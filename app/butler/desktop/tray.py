"""The tray icon: shows the state, opens the menu and the window; comes when a tray does."""

import sys

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, Qt
from PySide6.QtWidgets import QSystemTrayIcon

from butler.desktop.actions import Actions
from butler.desktop.formats import usd_total
from butler.desktop.look import Look
from butler.desktop.state import DesktopState
from butler.desktop.tray_icon import face_of, tray_icon
from butler.desktop.tray_menu import TrayMenu

_LOOK_EVERY_MS = 2000
_REDRAW_AFTER_MS = 250


class Tray(QObject):
    """One icon while there is a tray to hold it."""

    def __init__(self, look: Look, state: DesktopState, actions: Actions) -> None:
        super().__init__()
        self._look = look
        self._state = state
        self._actions = actions
        self._menu = TrayMenu(look, state, actions)
        self._icon: QSystemTrayIcon | None = None
        self._redraw = QTimer(self, singleShot=True, interval=_REDRAW_AFTER_MS)
        self._redraw.timeout.connect(self._draw)
        self._look_out = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look_out.timeout.connect(self._follow_host)
        self._look_out.start()
        for changed in (state.link_changed, state.status_changed, look.theme.changed):
            changed.connect(self._redraw.start)
        self._follow_host()

    @property
    def present(self) -> bool:
        """Whether the icon can be seen somewhere."""
        return self._icon is not None

    def tell(self, text: str) -> None:
        """Say something in a bubble at the icon."""
        if self._icon:
            self._icon.showMessage(self._look.texts("app.name"), text, self._icon.icon())

    def leave(self) -> None:
        """Take the icon away for good."""
        self._look_out.stop()
        if self._icon:
            self._icon.hide()

    def _follow_host(self) -> None:
        there = QSystemTrayIcon.isSystemTrayAvailable()
        if there and self._icon is None:
            self._appear()
        elif not there and self._icon is not None:
            self._icon.deleteLater()
            self._icon = None

    def _appear(self) -> None:
        # An icon made before its host came never registers there, so each host gets a new one.
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activate)
        self._draw()
        self._icon.show()

    def _activate(self, why: QSystemTrayIcon.ActivationReason) -> None:
        # On macOS a click already opens the menu.
        if why is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self._actions.window_asked.emit()

    def _draw(self) -> None:
        if self._icon is None:
            return
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        icon = tray_icon(face_of(self._state), dark_panel=dark)
        icon.setIsMask(sys.platform == "darwin")
        self._icon.setIcon(icon)
        self._icon.setToolTip(self._tooltip())
        if not self._menu.isVisible():
            self._menu.draw()

    def _tooltip(self) -> str:
        texts, status = self._look.texts, self._state.status
        name = texts("app.name")
        if status is None:
            return f"{name}: {texts(f'routing.{self._state.link}')}"
        today = texts.count(
            "tray.today", status.requests_today, spent=usd_total(status.spent_today_usd)
        )
        word = texts(f"routing.{self._state.word}")
        return f"{name}: {word} · {today}"
