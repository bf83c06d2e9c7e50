"""Cells of the hit analysis: a name with how the rule stands behind it, and a sparkline."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.models.cells import CELL_ROLE, Cell, Index
from butler.desktop.tokens import Tokens
from butler.desktop.widgets.badge import BadgeText, badge_width, paint_badge, tint
from butler.desktop.widgets.cell_delegate import PADDING, CellDelegate
from butler.desktop.widgets.charts.sparkline import paint_sparkline

_GAP = 8
_LEAST_NAME = 48
_ABOVE = 8


@dataclass(frozen=True, slots=True)
class NameCell(Cell):
    """A name, and a badge behind it where there is something to say."""

    tag: BadgeText | None = None


@dataclass(frozen=True, slots=True)
class LineCell(Cell):
    """A figure for each slot; the text says it to those who do not see the line."""

    values: tuple[int, ...] = ()


class NameDelegate(CellDelegate):
    """Paints a `NameCell`: the name gives way, the badge stays whole."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._theme = look.theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        _paint_ground(painter, option, tokens)
        shown: NameCell = index.data(CELL_ROLE)
        box = option.rect.adjusted(PADDING, 0, -PADDING, -1)
        beside = round(badge_width(shown.tag.text)) + _GAP if shown.tag else 0
        painter.setFont(font(Type.BODY))
        painter.setPen(QColor(getattr(tokens, shown.tone)))
        metrics = painter.fontMetrics()
        room = max(box.width() - beside, _LEAST_NAME)
        name = metrics.elidedText(shown.text, Qt.TextElideMode.ElideRight, room)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(box.topLeft(), QSize(room, box.height())), side, name)
        if shown.tag:
            # On the selected row's ground a tint would lose its contrast.
            ground = tokens.panel if _is_selected(option) else tint(shown.tag.colour, tokens.panel)
            left = box.left() + min(metrics.horizontalAdvance(name), room) + _GAP
            width = min(badge_width(shown.tag.text), box.right() - left)
            paint_badge(painter, QPointF(left, box.center().y()), shown.tag, ground, width)


class LineDelegate(CellDelegate):
    """Paints a `LineCell`."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._theme = look.theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        _paint_ground(painter, option, tokens)
        shown: LineCell = index.data(CELL_ROLE)
        box = QRectF(option.rect.adjusted(PADDING, _ABOVE, -PADDING, -_ABOVE))
        paint_sparkline(painter, box, shown.values, tokens.layer("rules"), tokens.line)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens) -> None:
    box: QRect = option.rect
    if _is_selected(option):
        painter.fillRect(box, QColor(tokens.accent_ground))
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(tokens.line))


def _is_selected(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)
