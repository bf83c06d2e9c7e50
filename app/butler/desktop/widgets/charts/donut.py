"""A donut with its list: what share each series has of the whole."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.widgets.charts.data import ChartData

_RING = 18
_ROW = 22
_MOST_ACROSS = 128
_DOT = 8
_WHOLE_TURN = 360 * 16


class Donut(QWidget):
    """Draws the totals of `ChartData`; `unit` stands below the sum in the middle."""

    def __init__(self, look: Look, name: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self._unit = unit
        self._data: ChartData | None = None
        self.setObjectName("chart.donut")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.theme.changed.connect(self.update)

    def show_data(self, data: ChartData) -> None:
        """Draw these figures."""
        self._data = data
        self.setAccessibleDescription("; ".join(" ".join(row) for row in self.rows))
        self.update()

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The list: each series with its share."""
        if self._data is None or self._data.empty:
            return []
        whole = sum(each.total for each in self._data.series)
        return [(each.label, f"{each.total / whole:.0%}") for each in self._data.series]

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        data = self._data
        if data is None or data.empty:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        listed = len(data.series) * _ROW
        across = min(_MOST_ACROSS, self.width(), max(0, self.height() - listed - 12))
        self._paint_ring(painter, data, across)
        self._paint_list(painter, data, across + 12)

    def _paint_ring(self, painter: QPainter, data: ChartData, across: int) -> None:
        tokens = self._look.tokens
        ring = QRectF((self.width() - across) / 2, 0, across, across)
        arc = ring.adjusted(_RING / 2, _RING / 2, -_RING / 2, -_RING / 2)
        whole = sum(each.total for each in data.series)
        start = 90.0 * 16
        for each in data.series:
            turn = each.total / whole * _WHOLE_TURN
            pen = QPen(QColor(each.colour(tokens)), _RING)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(arc, round(start), -round(turn))
            start -= turn
        painter.setPen(QColor(tokens.ink))
        painter.setFont(font(Type.TITLE))
        upper = QRectF(ring.left(), ring.center().y() - 24, across, 28)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, data.write(whole))
        painter.setPen(QColor(tokens.secondary))
        painter.setFont(font(Type.SMALL))
        lower = QRectF(ring.left(), ring.center().y() + 4, across, 18)
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, self._unit)

    def _paint_list(self, painter: QPainter, data: ChartData, top: int) -> None:
        tokens = self._look.tokens
        painter.setFont(font(Type.BODY))
        for at, (each, (label, share)) in enumerate(zip(data.series, self.rows, strict=True)):
            row = QRectF(0, top + at * _ROW, self.width(), _ROW)
            painter.setPen(Qt.PenStyle.NoPen)
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
            sides = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(row, sides, share)
