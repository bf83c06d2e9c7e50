"""Says that the rules were changed elsewhere while one was editing them, and asks whose count."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from butler.desktop.look import Look
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.notice import Notice


class JsonElsewhere(QWidget):
    """Hidden until `show`."""

    theirs_asked = Signal()
    """Show the rules as they are now; what was typed goes."""
    mine_asked = Signal()
    """Keep what was typed, and compare it with the rules as they are now."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        texts = look.texts
        notice = Notice(look, texts("rules.json.elsewhere"), texts("rules.json.elsewhere.what"))
        row = notice.layout()
        for name, asked in (("theirs", self.theirs_asked), ("mine", self.mine_asked)):
            button = Button(texts(f"rules.json.elsewhere.{name}"))
            button.setObjectName(f"json.{name}")
            button.setAccessibleName(button.text())
            button.clicked.connect(asked)
            if row is not None:
                row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(notice)
        self.hide()
