"""The ring around what has the keyboard: shown once keys are used, gone with the next click."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from butler.desktop.look import Look

_WIDTH = 2
_RADIUS = 9.0
_FRAMES = frozenset({"field", "code"})
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})


class FocusRing(QWidget):
    """One ring per window, above everything in it, because siblings would cut off Qt's own."""

    def __init__(self, app: QApplication, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        app.focusChanged.connect(self._follow)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.tokens.accent), _WIDTH))
        inset = _WIDTH / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        for each in self._watched:
            each.removeEventFilter(self)
        self._watched = []
        self._around = _framed(new) if new is not None and self._is_ours(new) else None
        # Where it stands changes with all it stands in, such as the page that scrolls.
        outer = self._around
        while outer is not None and outer is not self._window:
            outer.installEventFilter(self)
            self._watched.append(outer)
            outer = outer.parentWidget()
        self._place()

    def _is_ours(self, focused: QWidget) -> bool:
        by_keyboard = self._window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        return focused.window() is self._window and by_keyboard

    def _place(self) -> None:
        around = self._around
        if around is None or not around.isVisible():
            self.hide()
            return
        where = QRect(around.mapTo(self._window, QPoint(0, 0)), around.size())
        self.setGeometry(where.adjusted(-_WIDTH, -_WIDTH, _WIDTH, _WIDTH))
        self.show()
        self.raise_()


def _framed(widget: QWidget) -> QWidget:
    """Return the frame that a person takes for the widget, else the widget itself."""
    around = widget.parentWidget()
    if around is None or isinstance(widget, QAbstractButton):
        return widget
    return around if around.property("part") in _FRAMES else widget
