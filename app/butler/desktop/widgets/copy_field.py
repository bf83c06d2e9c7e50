"""A value to hand to a tool: its name, the value (or dots for a secret), a button to copy it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.widgets.copy_button import CopyButton
from butler.desktop.widgets.label import Label


class CopyField(QWidget):
    """Emits `copy_asked`; call `confirm` when the copy is on the clipboard."""

    copy_asked = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = QLineEdit(readOnly=True)
        self._value.setProperty("part", "plain")
        self._value.setFont(font(Type.CODE))
        self._value.setAccessibleName(name)
        self._button = CopyButton(look, name)
        self._button.clicked.connect(self.copy_asked)
        field = QFrame()
        field.setProperty("part", "field")
        field.setFixedHeight(34)
        row = QHBoxLayout(field)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(4)
        row.addWidget(self._value, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(name, Type.SMALL, "secondary"))
        column.addWidget(field)

    def show_value(self, value: str, *, can_copy: bool = True) -> None:
        """Show a value, or a stand-in for it."""
        if value != self._value.text():
            self._value.setText(value)
            self._value.setCursorPosition(0)
        self._button.setEnabled(can_copy)

    def confirm(self) -> None:
        """Say that it was copied."""
        self._button.confirm()
