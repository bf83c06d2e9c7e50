"""Dialogs over the window: a title, what is asked, and the buttons; none of them blocks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.notice import Notice

_PADDING = 20
_WIDTH = 480


class Dialog(QDialog):
    """Put parts into `body` and buttons into `buttons`; show it with `open`. It goes when closed.

    Escape and the close button reject it; the first primary button is pressed by Return.
    """

    def __init__(self, look: Look, title: str, parent: QWidget, width: int = _WIDTH) -> None:
        super().__init__(parent)
        self.look = look
        self._notice: Notice | None = None
        self.setProperty("part", "dialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        self._column.setSpacing(16)
        self._column.addWidget(Label(title, Type.TITLE))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._column.addLayout(self.body, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self._column.addLayout(self.buttons)

    def add_button(
        self, name: str, text: str, do: Callable[[], object], *, primary: bool = False
    ) -> Button:
        """Add a button at the right; its object name is `name`."""
        button = Button(text, primary=primary)
        button.setObjectName(name)
        button.setDefault(primary)
        button.setAutoDefault(primary)
        button.clicked.connect(lambda: do())
        self.buttons.addWidget(button)
        return button

    def tell(self, title: str, detail: str = "") -> None:
        """Say at the top what went wrong; an empty title takes it back."""
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
        if title:
            self._notice = Notice(self.look, title, detail, "bad")
            self._column.insertWidget(1, self._notice)


def confirm(
    parent: QWidget, look: Look, question: str, detail: str, yes: str, do: Callable[[], object]
) -> Dialog:
    """Ask before something that can not be taken back; `do` runs if the answer is `yes`."""
    dialog = Dialog(look, question, parent)
    words = Label(detail)
    words.setWordWrap(True)
    dialog.body.addWidget(words)
    dialog.add_button("confirm.no", look.texts("dialog.cancel"), dialog.reject)
    dialog.add_button("confirm.yes", yes, dialog.accept, primary=True)
    dialog.accepted.connect(lambda: do())
    dialog.open()
    return dialog
