"""A sparkline: how something went, in a line as high as a word."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

_STROKE = 1.5
_DOT = 2.0
_AREA_SHARE = 0.16


def paint_sparkline(
    painter: QPainter, box: QRectF, values: Sequence[float], colour: str, ground_line: str
) -> None:
    """Paint values from left to right, the highest to the full height; nothing lies flat."""
    if not values:
        return
    inside = box.adjusted(_DOT, _DOT, -_DOT, -_DOT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ground_line), 1))
    painter.drawLine(inside.bottomLeft(), inside.bottomRight())
    if any(values):
        line = _points(inside, values)
        area = QPolygonF([*line, inside.bottomRight(), inside.bottomLeft()])
        painter.setPen(Qt.PenStyle.NoPen)
        below = QColor(colour)
        below.setAlphaF(_AREA_SHARE)
        painter.setBrush(below)
        painter.drawPolygon(area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), _STROKE, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(line[-1], _DOT, _DOT)
    painter.restore()


def _points(box: QRectF, values: Sequence[float]) -> list[QPointF]:
    highest = max(values)
    # A single value is a level, not a point.
    along = values if len(values) > 1 else [*values, *values]
    step = box.width() / (len(along) - 1)
    return [
        QPointF(box.left() + at * step, box.bottom() - max(value, 0) / highest * box.height())
        for at, value in enumerate(along)
    ]
