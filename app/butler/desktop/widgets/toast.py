"""A short word at the foot of the window that goes away by itself."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.widgets.label import Label

_SHOWN_MS = 6000
_MARGIN = 24
_WIDEST = 560


class Toast(QFrame):
    """Lies over its parent and follows its size."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("part", "toast")
        self._text = Label("", Type.CONTROL)
        self._text.setWordWrap(True)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.addWidget(self._text)
        self._away = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._away.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Show this text for a while."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._away.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        room = self._over.size()
        metrics = self._text.fontMetrics()
        wanted = metrics.horizontalAdvance(self._text.text()) + 40
        wide = min(wanted, _WIDEST, room.width() - 2 * _MARGIN)
        self.setFixedWidth(wide)
        tall = self._row.heightForWidth(wide)
        self.setFixedHeight(max(tall, 40))
        self.move((room.width() - wide) // 2, room.height() - self.height() - _MARGIN)
