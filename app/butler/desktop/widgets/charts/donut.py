"""A donut with its list: what share each series has of the whole."""

import math

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.widgets.charts.data import ChartData, ChartSeries, Sheet, shares
from butler.desktop.widgets.charts.pointed import PointedChart

_RING = 18
_ROW = 22
_MOST_ACROSS = 128
_LEAST_ACROSS = 84
_BELOW_RING = 12
_DOT = 8
_FULL_TURN = 360 * 16
_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Donut(PointedChart):
    """Draws the totals of `ChartData`; `unit` stands below the sum in the middle."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, name, _KEYS, parent)
        self.unit = ""
        self.setObjectName("chart.donut")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The list: each series with its share."""
        data = self._data
        if data is None or data.empty:
            return []
        return [
            (each.label, _percent(share, each))
            for each, share in zip(data.series, shares(data), strict=True)
        ]

    @property
    def parts(self) -> int:
        return len(self.rows)

    @property
    def summary(self) -> str:
        return "; ".join(" ".join(row) for row in self.rows)

    @property
    def pointed_text(self) -> str:
        data, at = self._data, self._pointed
        if data is None or at is None:
            return ""
        label, share = self.rows[at]
        return f"{label}: {data.write(data.series[at].total)} ({share})"

    def minimumSizeHint(self) -> QSize:
        return QSize(180, _LEAST_ACROSS + _BELOW_RING + max(3, self.parts) * _ROW)

    def part_at(self, point: QPoint) -> int | None:
        row = (point.y() - self._across - _BELOW_RING) // _ROW
        if 0 <= row < self.parts:
            return row
        ring = self._ring
        x, y = point.x() - ring.center().x(), point.y() - ring.center().y()
        if not ring.width() / 2 - _RING <= math.hypot(x, y) <= ring.width() / 2:
            return None
        turned = math.atan2(x, -y) / math.tau % 1.0
        ends = self._ends()
        return next((at for at, end in enumerate(ends) if turned < end), len(ends) - 1)

    def centre_of(self, part: int) -> QPoint:
        top = self._across + _BELOW_RING
        return QPoint(self.width() // 2, round(top + (part + 0.5) * _ROW))

    def paint_chart(self, painter: QPainter, data: ChartData) -> None:
        if data.empty:
            return
        self._paint_ring(painter, data)
        self._paint_list(painter, data)

    @property
    def _across(self) -> int:
        room = self.height() - self.parts * _ROW - _BELOW_RING
        return max(0, min(_MOST_ACROSS, self.width(), room))

    @property
    def _ring(self) -> QRectF:
        return QRectF((self.width() - self._across) / 2, 0, self._across, self._across)

    def _ends(self) -> list[float]:
        """Return where each series ends on the ring, in turns from the top."""
        series = self._data.series if self._data else ()
        whole = sum(max(0.0, each.total) for each in series) or 1.0
        ends, at = [], 0.0
        for each in series:
            at += max(0.0, each.total) / whole
            ends.append(at)
        return ends

    def _paint_ring(self, painter: QPainter, data: ChartData) -> None:
        tokens, ring = self._look.tokens, self._ring
        arc = ring.adjusted(_RING / 2, _RING / 2, -_RING / 2, -_RING / 2)
        start = 0.0
        for at, (each, end) in enumerate(zip(data.series, self._ends(), strict=True)):
            pen = QPen(QColor(each.colour(tokens)), _RING + (4 if at == self._pointed else 0))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            turn = round((end - start) * _FULL_TURN)
            painter.drawArc(arc, round((0.25 - start) * _FULL_TURN), -turn)
            start = end
        painter.setPen(QColor(tokens.ink))
        painter.setFont(font(Type.TITLE))
        upper = QRectF(ring.left(), ring.center().y() - 24, self._across, 28)
        whole = data.write(sum(each.total for each in data.series))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, whole)
        painter.setPen(QColor(tokens.secondary))
        painter.setFont(font(Type.SMALL))
        lower = QRectF(ring.left(), ring.center().y() + 4, self._across, 18)
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, self.unit)

    def _paint_list(self, painter: QPainter, data: ChartData) -> None:
        tokens = self._look.tokens
        painter.setFont(font(Type.BODY))
        top = self._across + _BELOW_RING
        for at, (each, (label, share)) in enumerate(zip(data.series, self.rows, strict=True)):
            row = QRectF(0, top + at * _ROW, self.width(), _ROW)
            painter.setPen(Qt.PenStyle.NoPen)
            if at == self._pointed:
                painter.setBrush(QColor(tokens.hover))
                painter.drawRoundedRect(row, 6, 6)
            painter.setBrush(QColor(each.colour(tokens)))
            dot = QRectF(0, row.center().y() - _DOT / 2, _DOT, _DOT)
            painter.drawRoundedRect(dot, 2, 2)
            painter.setPen(QColor(tokens.ink))
            room = row.adjusted(16, 0, -52, 0)
            words = painter.fontMetrics().elidedText(
                label, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            painter.setPen(QColor(tokens.secondary))
            painter.drawText(row, _RIGHT, share)


def sheet_of_shares(data: ChartData, headings: tuple[str, str, str]) -> Sheet:
    """Return a row for each series: its words, its figure, its share."""
    both = list(zip(data.series, shares(data), strict=True))
    return Sheet(
        headings,
        tuple((each.label, data.write(each.total), _percent(share, each)) for each, share in both),
        tuple((each.label, f"{each.total:.12g}", str(share)) for each, share in both),
    )


def _percent(share: int, series: ChartSeries) -> str:
    return "<1%" if share == 0 and series.total > 0 else f"{share}%"
