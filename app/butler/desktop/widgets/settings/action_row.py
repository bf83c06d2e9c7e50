"""A row of settings that does something: what it is about, how it stands, and its buttons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.widgets.label import Label


class ActionRow(QWidget):
    """Buttons, switches and bars stand at the right, in the order in which they came."""

    def __init__(self, title: str, *parts: QWidget) -> None:
        super().__init__()
        self._title = title
        self._note = Label("", Type.SMALL, "secondary")
        self._note.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(title))
        words.addWidget(self._note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for part in parts:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)

    def tell(self, words: str, tone: str = "secondary") -> None:
        """Say how it stands."""
        self._note.setText(words)
        self._note.set_tone(tone)
        self.setAccessibleName(f"{self._title}. {words}")
