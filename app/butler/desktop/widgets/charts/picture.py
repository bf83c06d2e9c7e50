"""A chart as a picture that stands alone: its title above, what its colours mean below."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.widgets.charts.data import ChartData
from butler.desktop.widgets.charts.pointed import PointedChart

_MARGIN = 16
_TITLE = 32
_ROW = 22
_DOT = 8
_BESIDE = 20
_SCALE = 2


def picture(
    look: Look, title: str, chart: PointedChart, data: ChartData, *, has_legend: bool
) -> QImage:
    """Return the chart at twice its size; one that `has_legend` is given no other."""
    places = [] if has_legend else _places(data, chart.width())
    below = places[-1].bottom() + 8 if places else 0
    width, height = chart.width() + 2 * _MARGIN, chart.height() + _TITLE + below + 2 * _MARGIN
    image = QImage(width * _SCALE, height * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    image.fill(QColor(look.tokens.panel))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(_MARGIN, _MARGIN)
    painter.setPen(QColor(look.tokens.ink))
    painter.setFont(font(Type.BODY_STRONG))
    painter.drawText(QRectF(0, 0, chart.width(), 20), Qt.AlignmentFlag.AlignVCenter, title)
    painter.translate(0, _TITLE)
    chart.paint_chart(painter, data)
    if places:
        painter.translate(0, chart.height() + 8)
        _paint_legend(painter, look, data, places)
    painter.end()
    return image


def _places(data: ChartData, width: int) -> list[QRect]:
    """Return where the words of each series stand, in as many rows as they need."""
    metrics = QFontMetrics(font(Type.SMALL))
    places, x, y = [], 0, 0
    for each in data.series:
        wide = _DOT + 6 + metrics.horizontalAdvance(each.label)
        if x and x + wide > width:
            x, y = 0, y + _ROW
        places.append(QRect(x, y, wide, _ROW))
        x += wide + _BESIDE
    return places


def _paint_legend(painter: QPainter, look: Look, data: ChartData, places: list[QRect]) -> None:
    painter.setFont(font(Type.SMALL))
    for each, place in zip(data.series, places, strict=True):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(each.colour(look.tokens)))
        dot = QRectF(place.left(), place.center().y() - _DOT / 2, _DOT, _DOT)
        painter.drawRoundedRect(dot, 2, 2)
        painter.setPen(QColor(look.tokens.secondary))
        words = place.adjusted(_DOT + 6, 0, 4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, each.label)
