"""An answer that can be chosen: a card with a tick, its words, and what is known of it below."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.widgets.label import tell_rest

_HEIGHT, _LEAST_WIDTH = 54, 160
_RADIUS, _MARK, _PADDING, _GAP = 8.0, 16, 14, 10
_TICK = ((4.0, 8.2), (7.0, 11.2), (12.2, 5.2))


class ChoiceCard(QAbstractButton):
    """Checked or not; `one` gives it the round mark of those of which only one can be."""

    def __init__(
        self,
        look: Look,
        text: str,
        detail: str,
        *,
        one: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._detail = detail
        self._one = one
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QHelpEvent.Type.ToolTip:
            tell_rest(
                self, f"{self.text()} · {self._detail}", int(self._words_box().width()), event
            )
            return True
        return bool(super().event(event))  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, chosen = self._look.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = (
            tokens.accent_ground if chosen else tokens.hover if self.underMouse() else tokens.panel
        )
        edge = tokens.accent if chosen or self.hasFocus() else tokens.line
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(ground))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        self._paint_mark(painter, chosen=chosen)
        self._paint_words(painter)

    def _words_box(self) -> QRectF:
        left = _PADDING + _MARK + _GAP
        return QRectF(left, 8, self.width() - left - _PADDING, self.height() - 16)

    def _paint_mark(self, painter: QPainter, *, chosen: bool) -> None:
        tokens = self._look.tokens
        box = QRectF(_PADDING, (self.height() - _MARK) / 2, _MARK, _MARK)
        painter.setPen(QPen(QColor(tokens.accent if chosen else tokens.faint), 1))
        painter.setBrush(QColor(tokens.accent if chosen else tokens.panel))
        rounding = _MARK / 2 if self._one else 4
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), rounding, rounding)
        if not chosen:
            return
        if self._one:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.on_accent))
            painter.drawEllipse(box.center(), 3, 3)
            return
        pen = QPen(QColor(tokens.on_accent), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline([QPointF(x, y) + box.topLeft() for x, y in _TICK])

    def _paint_words(self, painter: QPainter) -> None:
        tokens, box = self._look.tokens, self._words_box()
        half = box.height() / 2
        lines = [
            (self.text(), Type.CONTROL, tokens.ink, 0.0),
            (self._detail, Type.SMALL, tokens.secondary, half),
        ]
        if not self._detail:
            lines = [(self.text(), Type.CONTROL, tokens.ink, half / 2)]
        for text, role, colour, down in lines:
            made = font(role)
            painter.setFont(made)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(made).elidedText(
                text, Qt.TextElideMode.ElideRight, int(box.width())
            )
            line = QRectF(box.left(), box.top() + down, box.width(), half)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(line, flags, shown)
