"""Colours the names, texts, numbers and words of JSON."""

import re
from collections.abc import Callable

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from butler.desktop.models.text_units import units
from butler.desktop.theme import Theme
from butler.desktop.tokens import Tokens

_STRING = r'"(?:[^"\\]|\\.)*"'
_PARTS = re.compile(
    rf"(?P<name>{_STRING})(?=\s*:)|(?P<text>{_STRING})"
    r"|(?P<number>-?\b[0-9][0-9.eE+-]*)|(?P<word>\b(?:true|false|null)\b)|(?P<sign>[\[\]{},:]+)"
)
_COLOURS: dict[str, Callable[[Tokens], str]] = {
    "name": lambda tokens: tokens.accent,
    "text": lambda tokens: tokens.layer("rules"),
    "number": lambda tokens: tokens.layer("arbiter"),
    "word": lambda tokens: tokens.layer("semantic"),
    "sign": lambda tokens: tokens.secondary,
}


class JsonHighlighter(QSyntaxHighlighter):
    """Works line by line: a text of JSON ends on the line on which it begins."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        tokens = self._theme.tokens
        for found in _PARTS.finditer(text):
            dress = QTextCharFormat()
            dress.setForeground(QColor(_COLOURS[str(found.lastgroup)](tokens)))
            self.setFormat(units(text[: found.start()]), units(found[0]), dress)
