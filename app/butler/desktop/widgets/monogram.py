"""A vendor's first letters on a tint, where others would show a logo that is not theirs to show."""

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from butler.desktop.fonts import Type, font
from butler.desktop.tokens import Tokens
from butler.desktop.widgets.badge import tint

_SIZE = 20
_SCALE = 2


def initials(name: str) -> str:
    """Return one or two letters that stand for a name: of its words, or of its capitals."""
    words = re.findall(r"[A-Za-z0-9\u4e00-\u9fff]+", name)
    if not words:
        return "?"
    capitals = re.findall(r"[A-Z]", words[0])
    if len(words) == 1 and len(capitals) > 1:
        return "".join(capitals[:2])
    return "".join(word[0] for word in words[:2]).upper()


def monogram(name: str, tokens: Tokens) -> QIcon:
    """Return the picture of a name's initials."""
    picture = QPixmap(_SIZE * _SCALE, _SIZE * _SCALE)
    picture.setDevicePixelRatio(_SCALE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tint(tokens.accent, tokens.panel)))
    box = QRectF(0, 0, _SIZE, _SIZE)
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(QColor(tokens.accent))
    painter.setFont(font(Type.BADGE))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.end()
    return QIcon(picture)
