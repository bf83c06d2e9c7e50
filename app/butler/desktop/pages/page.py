"""What pages share: their margins, and the title at the top."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.widgets.label import Label

_PADDING = 24
_HEAD_HEIGHT = 34


class Page(QWidget):
    """Add parts to `column`; what belongs beside the title goes into `head`."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_PADDING, 20, _PADDING, 20)
        self.column.setSpacing(16)
        shown = Label(title, Type.TITLE)
        shown.setFixedHeight(_HEAD_HEIGHT)
        self.head = QHBoxLayout()
        self.head.addWidget(shown, 1)
        self.column.addLayout(self.head)
