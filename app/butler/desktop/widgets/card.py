"""A card: a flat panel with a hairline around it and, if wanted, a title."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.widgets.label import ElidedLabel

_PADDING = 16


class Card(QFrame):
    """Put content into `body`; what belongs beside the title goes into `head`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        self.body.setSpacing(12)
        self.title = ElidedLabel(title, Type.BODY_STRONG)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title, 1)
        if title:
            self.body.addLayout(self.head)


def hairline(parent: QWidget | None = None) -> QFrame:
    """Return a thin line that parts what stands above from what stands below."""
    line = QFrame(parent)
    line.setProperty("part", "line")
    return line
