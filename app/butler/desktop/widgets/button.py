"""Push buttons: plain, primary (one per page), and quiet ones that lie inside other parts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from butler.desktop.fonts import Type, font


class Button(QPushButton):
    """A plain button, or the page's primary one."""

    def __init__(self, text: str, *, primary: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("part", "button")
        self.setProperty("primary", primary)
        self.setFont(font(Type.CONTROL))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)


class QuietButton(QPushButton):
    """A button without a frame."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("part", "quiet")
        self.setFont(font(Type.CONTROL))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
