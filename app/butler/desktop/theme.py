"""Dresses the application in one of the colour sets; follows the system unless told otherwise."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from butler.contract.places import resource
from butler.desktop.fonts import Type, font
from butler.desktop.stylesheet import stylesheet
from butler.desktop.tokens import DARK, LIGHT, Tokens


class Scheme(StrEnum):
    """Which colour set to use."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The colours in force; `changed` tells that they are others now."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        # Asked for now: changing the colours later reads no file.
        self._icons = resource("icons")
        self.tokens: Tokens = LIGHT
        app.setStyle("Fusion")
        app.setFont(font(Type.BODY))
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._follow()

    def use(self, scheme: Scheme) -> None:
        """Change to another scheme at once."""
        self._scheme = scheme
        self._follow()

    def _follow(self) -> None:
        dark = self._scheme is Scheme.DARK or (
            self._scheme is Scheme.SYSTEM
            and self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        self.tokens = DARK if dark else LIGHT
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(stylesheet(self.tokens, self._icons))
        self.changed.emit()


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.ground,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.ground,
        role.Button: tokens.panel,
        role.ToolTipBase: tokens.panel,
        role.WindowText: tokens.ink,
        role.Text: tokens.ink,
        role.ButtonText: tokens.ink,
        role.ToolTipText: tokens.ink,
        role.PlaceholderText: tokens.faint,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.Mid: tokens.line,
    }
    palette = QPalette()
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(tokens.faint))
    return palette
