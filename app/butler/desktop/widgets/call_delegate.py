"""Paints the cells of a table of calls: hairlines, badges, tones, the selected row."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.models.call_cells import Cell, Column
from butler.desktop.models.calls import CELL_ROLE, side
from butler.desktop.widgets.badge import BadgeText, badge_width, paint_badge, tint

ROW_HEIGHT = 34
PADDING = 10


class CallDelegate(QStyledItemDelegate):
    """Draws what `Cell` says."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = self._look.tokens
        box: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(box, QColor(tokens.accent_ground))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(tokens.line))
        shown: Cell = index.data(CELL_ROLE)
        column = Column(index.column())
        inside = box.adjusted(PADDING, 0, -PADDING, -1)
        if shown.badge:
            self._paint_badge(painter, inside, column, shown.badge, selected)
        else:
            self._paint_text(painter, inside, column, shown, selected)

    def _paint_badge(
        self, painter: QPainter, box: QRect, column: Column, badge: BadgeText, selected: bool
    ) -> None:
        panel = self._look.tokens.panel
        # On the selected row's ground a tint would lose its contrast.
        ground = panel if selected else tint(badge.colour, panel)
        width = min(badge_width(badge.text), box.width())
        centred = side(column) is Qt.AlignmentFlag.AlignHCenter
        left = box.left() + (round((box.width() - width) / 2) if centred else 0)
        paint_badge(painter, QPointF(left, box.center().y()), badge, ground, width)

    def _paint_text(
        self, painter: QPainter, box: QRect, column: Column, shown: Cell, selected: bool
    ) -> None:
        tone = "secondary" if selected and shown.tone == "faint" else shown.tone
        painter.setFont(font(Type.BODY))
        painter.setPen(QColor(getattr(self._look.tokens, tone)))
        text = painter.fontMetrics().elidedText(
            shown.text, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side(column), text)
