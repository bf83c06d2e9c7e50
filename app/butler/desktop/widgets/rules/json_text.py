"""The field in which JSON is edited: line numbers, colours, and marks where something is wrong."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.models.rule_set_text import Mark
from butler.desktop.models.text_units import units
from butler.desktop.widgets.rules.json_highlighter import JsonHighlighter

_BESIDE = 10
_SIGN = 14
_LEAST_DIGITS = 3
_INDENT = "  "
_OPENING = ("{", "[")
_LINE_ENDS = str.maketrans("\u2029\u2028", "\n\n")


class JsonText(QPlainTextEdit):
    """Tab leaves it, as everywhere; a new line is indented like the one above."""

    edited = Signal()
    """The text is another one: typed, or shown."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._marks: tuple[Mark, ...] = ()
        self._known = ""
        self.setProperty("part", "input")
        self.setAccessibleName(name)
        self.setObjectName("json.text")
        self.setFont(font(Type.CODE))
        self.setTabChangesFocus(True)
        self._highlighter = JsonHighlighter(look.theme, self.document())
        self._gutter = _Gutter(self)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._follow)
        self.textChanged.connect(self._tell)
        look.theme.changed.connect(self._draw_marks)
        self._make_room()

    @property
    def text(self) -> str:
        """What is written, character by character: also where Qt would make spaces of it."""
        return self.document().toRawText().translate(_LINE_ENDS)

    def show_text(self, text: str) -> None:
        """Show another text; the one before is forgotten."""
        self.mark(())
        self.setPlainText(text)

    def write(self, text: str) -> None:
        """Put a text in the place of all that is written; that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def mark(self, marks: Sequence[Mark]) -> None:
        """Underline what is wrong."""
        self._marks = tuple(marks)
        self._draw_marks()

    def go_to(self, mark: Mark) -> None:
        """Put the cursor where something is wrong, and bring it into view."""
        cursor = self._cursor(mark)
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def gutter_width(self) -> int:
        """How much room line numbers take, in pixels."""
        digits = max(_LEAST_DIGITS, len(str(self.blockCount())))
        return _SIGN + self.fontMetrics().horizontalAdvance("0") * digits + _BESIDE

    def paint_gutter(self, event: QPaintEvent) -> None:
        """Paint the numbers of the lines that can be seen; those with a mark have a sign."""
        tokens, wrong = self._look.tokens, {mark.line for mark in self._marks}
        painter = QPainter(self._gutter)
        painter.setFont(self.font())
        tall, wide = self.fontMetrics().height(), self._gutter.width()
        side = Qt.AlignmentFlag.AlignRight
        block = self.firstVisibleBlock()
        while block.isValid() and (top := self._top_of(block)) <= event.rect().bottom():
            number = block.blockNumber() + 1
            is_wrong = number in wrong
            painter.setPen(QColor(tokens.bad if is_wrong else tokens.faint))
            painter.drawText(QRect(0, top, wide - _BESIDE, tall), side, str(number))
            if is_wrong:
                painter.drawText(QRect(2, top, _SIGN, tall), Qt.AlignmentFlag.AlignLeft, "●")
            block = block.next()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            before = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
            deeper = _INDENT if before.rstrip().endswith(_OPENING) else ""
            indent = before[: len(before) - len(before.lstrip(" "))]
            self.textCursor().insertText(f"\n{indent}{deeper}")
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._gutter.setGeometry(
            QRect(inside.left(), inside.top(), self.gutter_width, inside.height())
        )

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = self.cursorForPosition(event.pos()).position()
            told = [
                mark.words
                for mark in self._marks
                if self._cursor(mark).selectionStart() <= at <= self._cursor(mark).selectionEnd()
            ]
            words = f"<p>{html.escape(' '.join(told))}</p>" if told else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    def _top_of(self, block: QTextBlock) -> int:
        place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        return round(place.top())

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter_width, 0, 0, 0)

    def _follow(self, box: QRect, moved: int) -> None:
        if moved:
            self._gutter.scroll(0, moved)
        else:
            self._gutter.update(0, box.y(), self._gutter.width(), box.height())

    def _tell(self) -> None:
        # Colours change the document as well, but not what it says.
        if (text := self.text) != self._known:
            self._known = text
            self.edited.emit()

    def _draw_marks(self) -> None:
        tokens = self._look.tokens
        dress = QTextCharFormat()
        dress.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        dress.setUnderlineColor(QColor(tokens.bad))
        dress.setBackground(QColor(tokens.bad_ground))
        selections = []
        for mark in self._marks:
            each = QTextEdit.ExtraSelection()
            each.format, each.cursor = dress, self._cursor(mark)
            selections.append(each)
        self.setExtraSelections(selections)
        self._gutter.update()

    def _cursor(self, mark: Mark) -> QTextCursor:
        """Return what is marked; where that is nothing or a line's end, the character before."""
        text = self._known
        start, stop = min(mark.place.start, len(text)), min(mark.place.stop, len(text))
        if not text[start:stop].strip():
            start, stop = max(start - 1, 0), start
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(units(text[:start]), last))
        cursor.setPosition(min(units(text[:stop]), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor


class _Gutter(QWidget):
    """Where the numbers of the lines stand."""

    def __init__(self, text: JsonText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.gutter_width, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._text.paint_gutter(event)
