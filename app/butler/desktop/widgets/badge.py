"""Badges: a word on a tint of its colour. Painted alike in tables and as a widget."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.tokens import blend

_HEIGHT = 20
_PADDING = 7
_RADIUS = 6
_TINT = 0.12


@dataclass(frozen=True, slots=True)
class BadgeText:
    """What a badge says, and in which colour (`#rrggbb`)."""

    text: str
    colour: str


def badge_width(text: str) -> float:
    """Return how wide a badge with this text is, in pixels."""
    return QFontMetricsF(font(Type.BADGE)).horizontalAdvance(text) + 2 * _PADDING


def tint(colour: str, panel: str) -> str:
    """Return the ground of a badge of this colour on a panel."""
    return blend(colour, panel, _TINT)


def paint_badge(
    painter: QPainter, left_centre: QPointF, badge: BadgeText, ground: str, width: float
) -> None:
    """Paint a badge `width` pixels wide, from the middle of its left edge."""
    box = QRectF(left_centre.x(), left_centre.y() - _HEIGHT / 2, width, _HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    painter.setFont(font(Type.BADGE))
    painter.setPen(QColor(badge.colour))
    inside = box.adjusted(_PADDING, 0, -_PADDING, 0)
    shown = QFontMetricsF(painter.font()).elidedText(
        badge.text, Qt.TextElideMode.ElideRight, inside.width() + 1
    )
    # No clipping at the box: italics and CJK glyphs may reach a pixel beyond their advance.
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
    painter.drawText(inside, flags, shown)
    painter.restore()


class Badge(QWidget):
    """A badge as a widget, as wide as its text or as told."""

    def __init__(
        self, badge: BadgeText, ground: str, width: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._badge = badge
        self._ground = ground
        self.setAccessibleName(badge.text)
        self.setFixedSize(width or ceil(badge_width(badge.text)), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, QPointF(0, _HEIGHT / 2), self._badge, self._ground, self.width())
