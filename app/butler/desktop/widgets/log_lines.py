"""The last lines of a log, to read and to select."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from butler.desktop.fonts import Type, font

_WIDTH = 600
_SHOWN_LINES = 12
_PADDING = 8


class LogLines(QPlainTextEdit):
    """As tall as its text, up to a dozen lines; longer ones scroll."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "log")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFont(font(Type.CODE))
        self.setAccessibleName(name)
        self.setFixedWidth(_WIDTH)
        self.document().setDocumentMargin(_PADDING)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these lines, the last ones in view."""
        self.setPlainText("\n".join(lines))
        # Long lines wrap, so count what is laid out, not what was given.
        self.document().setTextWidth(_WIDTH - 2 * _PADDING)
        rows = sum(
            max(block.layout().lineCount(), 1)
            for block in (self.document().findBlockByNumber(n) for n in range(len(lines)))
        )
        tall = min(max(rows, 1), _SHOWN_LINES) * self.fontMetrics().lineSpacing()
        self.setFixedHeight(tall + 2 * _PADDING + 4)
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())
