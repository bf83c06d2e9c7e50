"""What pages share: their margins, the title at the top, and scrolling where it is needed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.widgets.label import Label

_SIDE = 24
_TOP = 20
_HEAD_HEIGHT = 34
_GAP = 16


class Page(QWidget):
    """Add parts to `column`; a page that `scrolls` does so in windows too low for it.

    What belongs beside the title goes into `head`.
    """

    def __init__(self, name: str, title: str, *, scrolls: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        shown = Label(title, Type.TITLE)
        shown.setFixedHeight(_HEAD_HEIGHT)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(_SIDE, 0, _SIDE, 0)
        self.head.setSpacing(8)
        self.head.addWidget(shown, 1)
        content = QWidget()
        content.setObjectName("scrolled")
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(_SIDE, 0, _SIDE, _TOP)
        self.column.setSpacing(_GAP)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, _TOP, 0, 0)
        whole.setSpacing(_GAP)
        whole.addLayout(self.head)
        whole.addWidget(_scrolling(content) if scrolls else content, 1)

    def opened(self) -> None:
        """Called whenever the page comes into view: ask the engine for what it shows."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.opened()


def _scrolling(content: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area
