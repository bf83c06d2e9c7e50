"""A few lines for a terminal, with a button to copy them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.copy_button import CopyButton
from butler.desktop.widgets.label import Label


class CodeBlock(QFrame):
    """Emits `copy_asked`, because what is copied may hold what is not shown."""

    copy_asked = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "code")
        self._code = Label("", Type.CODE)
        self._code.setWordWrap(True)
        self._code.setAccessibleName(name)
        self._code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._button = CopyButton(look, name)
        self._button.clicked.connect(self.copy_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 4, 8)
        row.addWidget(self._code, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)

    def show_code(self, code: str) -> None:
        """Show these lines."""
        self._code.setText(code)

    def confirm(self) -> None:
        """Say that it was copied."""
        self._button.confirm()
