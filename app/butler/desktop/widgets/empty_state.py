"""What stands where nothing is yet: it says what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.widgets.label import Label

_WIDTH = 600


class EmptyState(QWidget):
    """A title and a text in the middle; more can be added below with `add`."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = _centred(Label(title, Type.BODY_STRONG))
        self._text = _centred(Label(text, tone="secondary"))
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._column.addWidget(self._title)
        self._column.addWidget(self._text)
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        middle.setLayout(self._column)
        # Stretches instead of an alignment, which would forget that the text wraps.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(1)

    def say(self, title: str, text: str) -> None:
        """Change the words."""
        self._title.setText(title)
        self._text.setText(text)

    def add(self, part: QWidget) -> None:
        """Put something to act on below the words; a button is as wide as it needs to be."""
        self._column.addSpacing(4)
        if isinstance(part, QAbstractButton):
            self._column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            self._column.addWidget(part)


def _centred(label: Label) -> Label:
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setWordWrap(True)
    return label
