"""Paints a rule as a card: its name and badges, who answers, what it asks, and its switch."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from butler.contract.resources import Rule
from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.models.cells import ROW_ROLE, Index
from butler.desktop.models.rule_marks import Mark, marks_of
from butler.desktop.models.rules import HITS_ROLE, WORDS_ROLE
from butler.desktop.tokens import blend
from butler.desktop.widgets.badge import badge_width, paint_badge, tint

CARD_HEIGHT, GAP = 96, 10
_PAD = 14
_GRIP = 18
_SWITCH = QSize(30, 18)
_LINE = 26


class RuleDelegate(QStyledItemDelegate):
    """`switched` carries the rule whose switch was clicked."""

    switched = Signal(object)

    def __init__(self, look: Look, private: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self._look = look
        self.private = private
        """The kinds of conditions that bind a call."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, CARD_HEIGHT + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rule: Rule = index.data(ROW_ROLE)
        card = _card(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter, card, option)
        inside = card.adjusted(_PAD, 10, -_PAD, -10)
        first = QRect(inside.left(), inside.top(), inside.width(), _LINE)
        self._first_line(painter, first, rule)
        second = first.translated(0, _LINE)
        self._targets(painter, second, rule)
        self._words(painter, second.translated(0, _LINE), rule, index)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if isinstance(event, QMouseEvent) and event.type() in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
        ):
            hit = _switch(_card(option.rect)).adjusted(-6, -6, 6, 6)
            if hit.contains(event.position().toPoint()):
                if event.type() is QEvent.Type.MouseButtonRelease:
                    self.switched.emit(index.data(ROW_ROLE))
                return True
        return False

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        rule: Rule = index.data(ROW_ROLE)
        told = [mark.reason for mark in marks_of(self._look, rule, self.private) if mark.reason]
        words = [index.data(WORDS_ROLE), *told]
        QToolTip.showText(event.globalPos(), "\n".join(filter(None, words)), view)
        return True

    def _frame(self, painter: QPainter, card: QRect, option: QStyleOptionViewItem) -> None:
        tokens = self._look.tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(QColor(tokens.hover if hover and not selected else tokens.panel))
        painter.setPen(
            QPen(QColor(tokens.accent if selected else tokens.line), 2 if selected else 1)
        )
        half = 1.0 if selected else 0.5
        painter.drawRoundedRect(QRectF(card).adjusted(half, half, -half, -half), 12, 12)

    def _first_line(self, painter: QPainter, line: QRect, rule: Rule) -> None:
        tokens = self._look.tokens
        switch = _switch_in(line)
        self._paint_switch(painter, switch, on=rule.enabled)
        right = switch.left() - 10
        left = line.left()
        if not rule.built_in:
            self._paint_grip(painter, left, line.center().y())
        left += _GRIP
        painter.setFont(font(Type.SMALL))
        number = str(rule.priority)
        width = painter.fontMetrics().horizontalAdvance(number)
        self._text(painter, QRect(right - width, line.top(), width, _LINE), number, tokens.faint)
        right -= width + 10
        marks = marks_of(self._look, rule, self.private)
        taken = sum(badge_width(mark.badge.text) + 6 for mark in marks)
        painter.setFont(font(Type.BODY_STRONG))
        metrics = painter.fontMetrics()
        room = int(max(80, right - left - taken))
        name = metrics.elidedText(rule.name, Qt.TextElideMode.ElideRight, room)
        colour = tokens.ink if rule.enabled else tokens.secondary
        self._text(painter, QRect(left, line.top(), room, _LINE), name, colour)
        self._badges(painter, left + metrics.horizontalAdvance(name) + 8, right, line, marks)

    def _badges(
        self, painter: QPainter, left: float, right: float, line: QRect, marks: list[Mark]
    ) -> None:
        for mark in marks:
            width = min(badge_width(mark.badge.text), right - left)
            if width < 24:
                return
            ground = tint(mark.badge.colour, self._look.tokens.panel)
            paint_badge(painter, QPointF(left, line.center().y() + 1), mark.badge, ground, width)
            left += width + 6

    def _targets(self, painter: QPainter, line: QRect, rule: Rule) -> None:
        tokens, texts = self._look.tokens, self._look.texts
        painter.setFont(font(Type.SMALL))
        metrics = painter.fontMetrics()
        target = metrics.elidedText(
            f"→ {rule.target}", Qt.TextElideMode.ElideMiddle, line.width() - 24
        )
        width = metrics.horizontalAdvance(target) + 16
        chip = QRectF(line.left(), line.top() + 2, width, 22)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.ground))
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._text(painter, chip.toRect().adjusted(8, 0, 0, 0), target, tokens.ink)
        after = ", ".join(name.rpartition("/")[2] for name in rule.fallbacks)
        told = texts("rule.then_others", others=after) if after else texts("rule.then_none")
        rest = QRect(int(chip.right()) + 8, line.top(), line.right() - int(chip.right()) - 8, _LINE)
        shown = _elided(metrics, told, rest.width())
        self._text(painter, rest, shown, tokens.secondary)

    def _words(self, painter: QPainter, line: QRect, rule: Rule, index: Index) -> None:
        tokens, texts = self._look.tokens, self._look.texts
        hits = int(index.data(HITS_ROLE) or 0)
        told = texts("rule.hits.today", hits=f"{hits:,}") if hits else texts("rule.hits.none")
        if not rule.enabled:
            told = texts("rule.is_off")
        painter.setFont(font(Type.SMALL))
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(told)
        self._text(
            painter, QRect(line.right() - width, line.top(), width + 1, _LINE), told, tokens.faint
        )
        room = line.width() - width - 12
        words = _elided(metrics, str(index.data(WORDS_ROLE)), room)
        self._text(painter, QRect(line.left(), line.top(), room, _LINE), words, tokens.secondary)

    def _text(self, painter: QPainter, box: QRect, text: str, colour: str) -> None:
        painter.setPen(QColor(colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)

    def _paint_grip(self, painter: QPainter, left: int, middle: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.tokens.faint))
        for across in (0, 5):
            for down in (-4, 0, 4):
                painter.drawEllipse(QPointF(left + 2 + across, middle + 1 + down), 1.2, 1.2)

    def _paint_switch(self, painter: QPainter, box: QRect, *, on: bool) -> None:
        tokens = self._look.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.good if on else blend(tokens.faint, tokens.panel, 0.35)))
        painter.drawRoundedRect(QRectF(box), 9, 9)
        painter.setBrush(QColor("#FFFFFF"))
        left = box.right() - 8 if on else box.left() + 9
        painter.drawEllipse(QPointF(left, box.center().y() + 0.5), 7, 7)


def _card(row: QRect) -> QRect:
    return row.adjusted(1, 1, -1, -GAP)


def _switch(card: QRect) -> QRect:
    inside = card.adjusted(_PAD, 10, -_PAD, -10)
    return _switch_in(QRect(inside.left(), inside.top(), inside.width(), _LINE))


def _switch_in(line: QRect) -> QRect:
    top = line.top() + (_LINE - _SWITCH.height()) // 2
    return QRect(line.right() - _SWITCH.width() + 1, top, _SWITCH.width(), _SWITCH.height())


def _elided(metrics: QFontMetrics, text: str, room: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))
