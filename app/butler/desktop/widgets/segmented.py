"""A segmented control: a few choices side by side, one of them pressed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from butler.desktop.fonts import Type, font

_HEIGHT = 32


class Segmented(QFrame):
    """`picked` carries the value that a person chose."""

    picked = Signal(object)

    def __init__(
        self, name: str, options: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "segmented")
        self.setAccessibleName(name)
        self.setFixedHeight(_HEIGHT)
        self._values = [value for value, _ in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for at, (value, words) in enumerate(options):
            button = QPushButton(words)
            button.setProperty("part", "segment")
            button.setObjectName(f"segment.{value}")
            button.setAccessibleName(f"{name}: {words}")
            button.setFont(font(Type.SMALL))
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button, at)
            row.addWidget(button)
        self._group.idClicked.connect(lambda at: self.picked.emit(self._values[at]))
        if options:
            self._group.button(0).setChecked(True)

    @property
    def value(self) -> object:
        """The value that is pressed."""
        return self._values[self._group.checkedId()]

    def show_value(self, value: object) -> None:
        """Press the segment of this value."""
        self._group.button(self._values.index(value)).setChecked(True)

    def explain(self, value: object, words: str) -> None:
        """Say more of an option when it is pointed at."""
        self._group.button(self._values.index(value)).setToolTip(words)
