"""One step of the guide."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from butler.desktop.desk import Desk
from butler.desktop.fonts import Type
from butler.desktop.widgets.label import Label


class Step(QWidget):
    """Put parts into `column`; `done` says whether what it is about is so by now."""

    changed = Signal()
    """`done` may be another now."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.setObjectName(f"guide.{name}")
        self.name = name
        self.desk = desk
        self.texts = texts = desk.look.texts
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        words = Label(texts(f"guide.{name}.text"), Type.BODY, "secondary")
        words.setWordWrap(True)
        self.column.addWidget(words)

    @property
    def done(self) -> bool:
        """Whether there is nothing left to do here."""
        raise NotImplementedError

    def opened(self) -> None:
        """Called whenever the step comes into view."""
