"""Lines with a plus or a minus, as versions differ: read by the sign, and by its colour too."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.tokens import Tokens

_MARGIN = 8


class DiffView(QPlainTextEdit):
    """Lines that come and go lie on grounds of their own, besides the signs they begin with."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("part", "log")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFont(font(Type.CODE))
        self.setAccessibleName(name)
        self.document().setDocumentMargin(_MARGIN)
        look.theme.changed.connect(self._paint_lines)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these lines."""
        self.setPlainText("\n".join(lines))
        self._paint_lines()

    def _paint_lines(self) -> None:
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            ground, words = _dress(block.text(), self._look.tokens)
            cursor.setBlockFormat(ground)
            cursor.setCharFormat(words)
            block = block.next()


def _dress(line: str, tokens: Tokens) -> tuple[QTextBlockFormat, QTextCharFormat]:
    """Return what a line lies on, and how its words are written."""
    ground, words = QTextBlockFormat(), QTextCharFormat()
    words.setFont(font(Type.CODE))
    match line[:1]:
        case "+":
            words.setForeground(QColor(tokens.good))
            ground.setBackground(QColor(tokens.good_ground))
        case "-":
            words.setForeground(QColor(tokens.bad))
            ground.setBackground(QColor(tokens.bad_ground))
        case " " | "@":
            words.setForeground(QColor(tokens.secondary))
        case _:
            words.setForeground(QColor(tokens.ink))
            words.setFont(font(Type.BODY_STRONG))
    return ground, words
