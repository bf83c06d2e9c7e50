"""Stacked bars over time: hover or walk with the arrow keys to read a slot."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.widgets.charts.data import ChartData
from butler.desktop.widgets.charts.pointed import PointedChart
from butler.desktop.widgets.charts.ticks import ticks

_AXIS_HEIGHT = 24
_ABOVE = 10
_BESIDE_MARKS = 10
_GAP = 1.0
_FULLEST = 0.62
_WIDEST_BAR = 28.0
_LABEL_WIDTH = 84
_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class StackedBars(PointedChart):
    """Draws `ChartData`; what is below zero hangs below the line."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, name, _KEYS, parent)
        self._marks: list[float] = [0.0]
        self._left = 0.0
        self.setObjectName("chart.bars")
        self.setMinimumHeight(120)

    def show_data(self, data: ChartData) -> None:
        self._marks = ticks(data.highest, lowest=data.lowest, whole=_all_whole(data))
        metrics = QFontMetricsF(font(Type.SMALL))
        widest = max(metrics.horizontalAdvance(data.write(mark)) for mark in self._marks)
        self._left = widest + _BESIDE_MARKS
        super().show_data(data)

    @property
    def parts(self) -> int:
        return len(self._data.slots) if self._data else 0

    @property
    def pointed_text(self) -> str:
        data, at = self._data, self._pointed
        if data is None or at is None:
            return ""
        told = [
            f"{each.label}: {data.write(each.values[at])}"
            for each in reversed(data.series)
            if each.values[at]
        ]
        return "\n".join([f"{data.slots[at]}: {data.write(data.stack(at))}", *told])

    def part_at(self, point: QPoint) -> int | None:
        slot = int((point.x() - self._left) // self._pitch)
        return slot if 0 <= slot < self.parts else None

    def centre_of(self, part: int) -> QPoint:
        return QPoint(round(self._left + (part + 0.5) * self._pitch), self.height() // 2)

    def paint_chart(self, painter: QPainter, data: ChartData) -> None:
        painter.setFont(font(Type.SMALL))
        self._paint_axis(painter, data)
        for slot in range(len(data.slots)):
            self._paint_bar(painter, data, slot)
        self._paint_times(painter, data)

    @property
    def _pitch(self) -> float:
        return (self.width() - self._left) / max(1, self.parts)

    def _y(self, value: float) -> float:
        """Return how far from the top a value lies."""
        floor = self.height() - _AXIS_HEIGHT
        span = self._marks[-1] - self._marks[0]
        return floor - (value - self._marks[0]) * (floor - _ABOVE) / (span or 1.0)

    def _paint_axis(self, painter: QPainter, data: ChartData) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for mark in self._marks:
            y = round(self._y(mark))
            painter.setPen(QColor(self._look.tokens.line))
            painter.drawLine(round(self._left), y, self.width(), y)
            painter.setPen(QColor(self._look.tokens.faint))
            place = QRectF(0, y - 9, self._left - _BESIDE_MARKS, 18)
            painter.drawText(place, right, data.write(mark))

    def _paint_bar(self, painter: QPainter, data: ChartData, slot: int) -> None:
        tokens = self._look.tokens
        left = self._left + slot * self._pitch
        if slot == self._pointed:
            high = self.height() - _AXIS_HEIGHT - _ABOVE
            painter.fillRect(QRectF(left, _ABOVE, self._pitch, high), QColor(tokens.hover))
        width = min(_WIDEST_BAR, self._pitch * _FULLEST)
        left += (self._pitch - width) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        reached = {True: 0.0, False: 0.0}
        for each in data.series:
            value = each.values[slot]
            if not value:
                continue
            start = reached[value > 0]
            reached[value > 0] = start + value
            top, bottom = sorted((self._y(start), self._y(start + value)))
            painter.setBrush(QColor(each.colour(tokens)))
            block = QRectF(left, top, width, max(1.0, bottom - top - _GAP))
            painter.drawRoundedRect(block, 2, 2)

    def _paint_times(self, painter: QPainter, data: ChartData) -> None:
        painter.setPen(QColor(self._look.tokens.faint))
        every = max(1, -(-_LABEL_WIDTH // max(1, int(self._pitch))))
        for slot in range(0, len(data.slots), every):
            middle = self._left + (slot + 0.5) * self._pitch
            left = min(max(middle - _LABEL_WIDTH / 2, 0), self.width() - _LABEL_WIDTH)
            place = QRectF(left, self.height() - 20, _LABEL_WIDTH, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, data.slots[slot])


def _all_whole(data: ChartData) -> bool:
    return all(value == int(value) for each in data.series for value in each.values)
