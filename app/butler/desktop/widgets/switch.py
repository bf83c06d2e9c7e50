"""An on-off switch that asks first: it shows what is, not what was clicked."""

from PySide6.QtCore import (
    Property,
    QEasingCurve,
    QPointF,
    QPropertyAnimation,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QStyle, QWidget

from butler.desktop.look import Look
from butler.desktop.tokens import blend

_WIDTH, _HEIGHT, _KNOB = 30, 18, 14
_GLIDE_MS = 140


class Switch(QAbstractButton):
    """`asked` carries the wished state; the switch moves when `show_state` says that it is so."""

    asked = Signal(bool)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._at = 0.0
        self._glide = QPropertyAnimation(self, b"at", self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFixedSize(self.sizeHint())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def show_state(self, on: bool, *, usable: bool = True) -> None:
        """Show what is in force now; ends waiting for an answer."""
        self.setEnabled(usable)
        if on == self.isChecked():
            return
        self.setChecked(on)
        # The style's own figure is 0 where the person asked the system for less motion.
        motion = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        self._glide.setDuration(_GLIDE_MS if motion and self.isVisible() else 0)
        self._glide.setEndValue(1.0 if on else 0.0)
        self._glide.start()

    def nextCheckState(self) -> None:
        self.setEnabled(False)
        self.asked.emit(not self.isChecked())

    def _read_at(self) -> float:
        return self._at

    def _write_at(self, at: float) -> None:
        self._at = at
        self.update()

    at = Property(float, _read_at, _write_at)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        off = tokens.pressed if self.underMouse() else tokens.line
        painter.setBrush(QColor(blend(tokens.good, off, self._at)))
        painter.drawRoundedRect(QRectF(0, 0, _WIDTH, _HEIGHT), _HEIGHT / 2, _HEIGHT / 2)
        gap = (_HEIGHT - _KNOB) / 2
        left = gap + self._at * (_WIDTH - _KNOB - 2 * gap)
        painter.setBrush(QColor("#FFFFFF"))
        centre = QPointF(left + _KNOB / 2, _HEIGHT / 2)
        painter.drawEllipse(centre, _KNOB / 2, _KNOB / 2)
