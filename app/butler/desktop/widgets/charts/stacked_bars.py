"""Stacked bars over time: hover or walk with the arrow keys to read a slot."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.widgets.charts.data import ChartData
from butler.desktop.widgets.charts.ticks import ticks

_AXIS_WIDTH = 52
_AXIS_HEIGHT = 24
_ABOVE = 10
_GAP = 1.0
_FULLEST = 0.62
_WIDEST_BAR = 28.0
_LABEL_WIDTH = 84


class StackedBars(QWidget):
    """Draws `ChartData`; the slot that is pointed at is told in a tooltip."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self._data: ChartData | None = None
        self._pointed: int | None = None
        self.setObjectName("chart.bars")
        self.setAccessibleName(name)
        self.setMinimumHeight(120)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.theme.changed.connect(self.update)

    def show_data(self, data: ChartData) -> None:
        """Draw these figures."""
        self._data = data
        self._pointed = None
        self.setAccessibleDescription("")
        self.update()

    @property
    def pointed_text(self) -> str:
        """The slot that is pointed at, in words."""
        data, at = self._data, self._pointed
        if data is None or at is None:
            return ""
        told = [
            f"{each.label}: {data.write(each.values[at])}"
            for each in reversed(data.series)
            if each.values[at]
        ]
        return "\n".join([f"{data.slots[at]}: {data.write(data.stack(at))}", *told])

    def centre_of(self, slot: int) -> QPoint:
        """Return a point on a slot's column."""
        return QPoint(round(_AXIS_WIDTH + (slot + 0.5) * self._pitch), self.height() // 2)

    @property
    def _pitch(self) -> float:
        slots = len(self._data.slots) if self._data else 0
        return (self.width() - _AXIS_WIDTH) / max(1, slots)

    def _point(self, slot: int | None) -> None:
        if slot == self._pointed:
            return
        self._pointed = slot
        self.setAccessibleDescription(self.pointed_text)
        if slot is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(self.mapToGlobal(self.centre_of(slot)), self.pointed_text, self)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        slots = len(self._data.slots) if self._data else 0
        slot = int((event.position().x() - _AXIS_WIDTH) // self._pitch)
        self._point(slot if 0 <= slot < slots else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        slots = len(self._data.slots) if self._data else 0
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not slots:
            super().keyPressEvent(event)
            return
        before = self._pointed
        start = slots - 1 if step < 0 else 0
        self._point(start if before is None else min(slots - 1, max(0, before + step)))

    def paintEvent(self, event: QPaintEvent) -> None:
        data = self._data
        if data is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Type.SMALL))
        marks = ticks(data.highest, whole=_all_whole(data))
        floor = self.height() - _AXIS_HEIGHT
        scale = (floor - _ABOVE) / marks[-1]
        self._paint_axis(painter, data, marks, scale)
        for slot in range(len(data.slots)):
            self._paint_bar(painter, data, slot, scale)
        self._paint_times(painter, data)
        if self.hasFocus():
            painter.setPen(QColor(self._look.tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_axis(
        self, painter: QPainter, data: ChartData, marks: list[float], scale: float
    ) -> None:
        floor = self.height() - _AXIS_HEIGHT
        for mark in marks:
            y = round(floor - mark * scale)
            painter.setPen(QColor(self._look.tokens.line))
            painter.drawLine(_AXIS_WIDTH, y, self.width(), y)
            painter.setPen(QColor(self._look.tokens.faint))
            painter.drawText(
                QRectF(0, y - 9, _AXIS_WIDTH - 8, 18),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                data.write(mark),
            )

    def _paint_bar(self, painter: QPainter, data: ChartData, slot: int, scale: float) -> None:
        tokens = self._look.tokens
        left = _AXIS_WIDTH + slot * self._pitch
        y = float(self.height() - _AXIS_HEIGHT)
        if slot == self._pointed:
            painter.fillRect(QRectF(left, _ABOVE, self._pitch, y - _ABOVE), QColor(tokens.hover))
        width = min(_WIDEST_BAR, self._pitch * _FULLEST)
        painter.setPen(Qt.PenStyle.NoPen)
        for each in data.series:
            high = each.values[slot] * scale
            if high <= 0:
                continue
            painter.setBrush(QColor(each.colour(tokens)))
            block = QRectF(left + (self._pitch - width) / 2, y - high, width, max(1, high - _GAP))
            painter.drawRoundedRect(block, 2, 2)
            y -= high

    def _paint_times(self, painter: QPainter, data: ChartData) -> None:
        painter.setPen(QColor(self._look.tokens.faint))
        every = max(1, -(-_LABEL_WIDTH // max(1, int(self._pitch))))
        for slot in range(0, len(data.slots), every):
            middle = _AXIS_WIDTH + (slot + 0.5) * self._pitch
            left = min(max(middle - _LABEL_WIDTH / 2, 0), self.width() - _LABEL_WIDTH)
            place = QRectF(left, self.height() - 20, _LABEL_WIDTH, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, data.slots[slot])


def _all_whole(data: ChartData) -> bool:
    return all(value == int(value) for each in data.series for value in each.values)
