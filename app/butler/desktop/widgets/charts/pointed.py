"""What charts have in common: one of their parts is pointed at, by mouse or keyboard, and told."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from butler.desktop.look import Look
from butler.desktop.widgets.charts.data import ChartData


class PointedChart(QWidget):
    """A subclass says how many `parts` there are, which lies at a point, and paints them."""

    opened = Signal(int)
    """The part that was clicked, or entered with Return."""

    def __init__(
        self, look: Look, name: str, keys: tuple[Qt.Key, Qt.Key], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._keys = keys
        self._data: ChartData | None = None
        self._pointed: int | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.theme.changed.connect(self.update)

    @property
    def parts(self) -> int:
        """How many parts can be pointed at."""
        raise NotImplementedError

    @property
    def pointed_text(self) -> str:
        """The part that is pointed at, in words."""
        raise NotImplementedError

    @property
    def summary(self) -> str:
        """What the chart says as a whole, for those who do not see it."""
        return ""

    def show_data(self, data: ChartData) -> None:
        """Draw these figures; what is pointed at stays, where it is still there."""
        self._data = data
        if self._pointed is not None and self._pointed >= self.parts:
            self._pointed = None
        self.setAccessibleDescription(self.pointed_text or self.summary)
        self.update()

    def part_at(self, point: QPoint) -> int | None:
        """Return the part at a point of the widget."""
        raise NotImplementedError

    def centre_of(self, part: int) -> QPoint:
        """Return a point on a part."""
        raise NotImplementedError

    def paint_chart(self, painter: QPainter, data: ChartData) -> None:
        """Paint the figures."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._data is not None:
            self.paint_chart(painter, self._data)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.part_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        part = self.part_at(event.position().toPoint())
        if part is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(part)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, parts = Qt.Key(event.key()), self.parts
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._pointed is not None:
            self.opened.emit(self._pointed)
        elif key in self._keys and parts:
            step = 1 if key is self._keys[1] else -1
            start = 0 if step > 0 else parts - 1
            before = self._pointed
            self._point(start if before is None else min(parts - 1, max(0, before + step)))
        else:
            super().keyPressEvent(event)

    def _point(self, part: int | None) -> None:
        if part == self._pointed:
            return
        self._pointed = part
        self.setAccessibleDescription(self.pointed_text or self.summary)
        if part is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(self.mapToGlobal(self.centre_of(part)), self.pointed_text, self)
        self.update()
