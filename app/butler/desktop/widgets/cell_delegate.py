"""Paints the cells of tables: hairlines, badges, tones, the selected row."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.models.cells import CELL_ROLE, Cell, Index
from butler.desktop.widgets.badge import BadgeText, badge_width, paint_badge, tint

ROW_HEIGHT = 34
PADDING = 10


class CellDelegate(QStyledItemDelegate):
    """Draws what `Cell` says."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._look.tokens
        box: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(box, QColor(tokens.accent_ground))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(tokens.line))
        shown: Cell = index.data(CELL_ROLE)
        side = _side(index)
        inside = box.adjusted(PADDING, 0, -PADDING, -1)
        if shown.badge:
            self._paint_badge(painter, inside, side, shown.badge, selected)
        else:
            self._paint_text(painter, inside, side, shown, selected)

    def _paint_badge(
        self,
        painter: QPainter,
        box: QRect,
        side: Qt.AlignmentFlag,
        badge: BadgeText,
        selected: bool,
    ) -> None:
        panel = self._look.tokens.panel
        # On the selected row's ground a tint would lose its contrast.
        ground = panel if selected else tint(badge.colour, panel)
        width = min(badge_width(badge.text), box.width())
        centred = side is Qt.AlignmentFlag.AlignHCenter
        left = box.left() + (round((box.width() - width) / 2) if centred else 0)
        paint_badge(painter, QPointF(left, box.center().y()), badge, ground, width)

    def _paint_text(
        self, painter: QPainter, box: QRect, side: Qt.AlignmentFlag, shown: Cell, selected: bool
    ) -> None:
        tone = "secondary" if selected and shown.tone == "faint" else shown.tone
        painter.setFont(font(Type.BODY))
        painter.setPen(QColor(getattr(self._look.tokens, tone)))
        text = painter.fontMetrics().elidedText(
            shown.text, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, text)


def _side(index: Index) -> Qt.AlignmentFlag:
    role = Qt.ItemDataRole.TextAlignmentRole
    given = index.model().headerData(index.column(), Qt.Orientation.Horizontal, role)
    return Qt.AlignmentFlag(given) & Qt.AlignmentFlag.AlignHorizontal_Mask
