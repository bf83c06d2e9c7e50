"""Where one is: the steps in a line, those behind with a tick, a quiet bar below."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look

_HEIGHT, _BAR, _GAP = 34, 3, 8


class StepsLine(QWidget):
    """Painted; `show_step` says which one is in view."""

    def __init__(self, look: Look, names: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self._names = tuple(names)
        self._at = 0
        self.setObjectName("wizard.steps")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, at: int) -> None:
        """Mark a step as the one in view, and those before it as done."""
        self._at = at
        self.setAccessibleName(f"{at + 1}/{len(self._names)} {self._names[at]}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = len(self._names)
        width = (self.width() - (count - 1) * _GAP) / count
        for at, name in enumerate(self._names):
            here, done = at == self._at, at < self._at
            left = at * (width + _GAP)
            painter.setFont(font(Type.BODY_STRONG if here else Type.SMALL))
            painter.setPen(QColor(tokens.ink if here else tokens.good if done else tokens.faint))
            sign = "✓" if done else str(at + 1)
            words = painter.fontMetrics().elidedText(
                f"{sign}  {name}", Qt.TextElideMode.ElideRight, int(width)
            )
            box = QRectF(left, 0, width, _HEIGHT - _BAR - 5)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(box, flags, words)
            colour = tokens.accent if here else tokens.good if done else tokens.line
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            bar = QRectF(left, _HEIGHT - _BAR, width, _BAR)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
