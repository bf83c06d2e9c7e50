"""Shows a token's text, this once, and copies it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from butler.contract.resources import TokenSecret
from butler.desktop.look import Look
from butler.desktop.widgets.copy_field import CopyField
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.label import Label


class SecretDialog(Dialog):
    """`copy` puts the text on the clipboard."""

    def __init__(
        self, look: Look, parent: QWidget, secret: TokenSecret, copy: Callable[[str], object]
    ) -> None:
        super().__init__(look, look.texts("token.shown", name=secret.name), parent, 560)
        self._copy = copy
        self._secret = secret.token
        words = Label(look.texts("token.shown.once"))
        words.setWordWrap(True)
        self.field = CopyField(look, look.texts("token.text"))
        self.field.show_value(secret.token)
        self.field.copy_asked.connect(self._put)
        self.body.addWidget(words)
        self.body.addWidget(self.field)
        self.add_button("secret.done", look.texts("dialog.done"), self.accept, primary=True)

    def _put(self) -> None:
        self._copy(self._secret)
        self.field.confirm()
