"""The ring around what has the keyboard: shown once keys are used, gone with the next click."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFocusFrame, QWidget

from butler.desktop.look import Look

_WIDTH = 2.0
_RADIUS = 8.0


class FocusRing(QFocusFrame):
    """One ring for all widgets of the application; Qt keeps it around the focused one."""

    def __init__(self, app: QApplication, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        app.focusChanged.connect(self._follow)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.tokens.accent), _WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = _WIDTH / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        by_keyboard = new is not None and new.window().testAttribute(
            Qt.WidgetAttribute.WA_KeyboardFocusChange
        )
        # Each window has a ring of its own; another window's focus is not ours to mark.
        ours = new is not None and new.window() is self.window()
        self.setWidget(new if by_keyboard and ours else None)  # type: ignore[arg-type]
