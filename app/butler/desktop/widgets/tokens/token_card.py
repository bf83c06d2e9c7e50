"""What is known of one token, and what can be done with it."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QWidget

from butler.contract.resources import Token
from butler.desktop.fonts import Type
from butler.desktop.formats import DASH, number
from butler.desktop.look import Look
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.label import Label

_FACTS = {
    "made": "token.since",
    "used": "token.used",
    "expires": "token.expires",
    "limit": "token.limit",
    "models": "token.models",
}
"""What is shown, and the key of its name."""


class TokenCard(Card):
    """Emits what is asked for; `show_token` says of which."""

    copy_asked = Signal(object)
    edit_asked = Signal(object)
    rotate_asked = Signal(object)
    revoke_asked = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self._look = look
        self._token: Token | None = None
        self._values = {fact: Label() for fact in _FACTS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, (fact, value) in enumerate(self._values.items()):
            value.setWordWrap(True)
            grid.addWidget(Label(look.texts(_FACTS[fact]), Type.SMALL, "secondary"), at, 0)
            grid.addWidget(value, at, 1)
        self.body.addLayout(grid)
        self._note = Label("", Type.SMALL, "faint")
        self._note.setWordWrap(True)
        self.body.addWidget(self._note)
        self._copy = self._button("copy", self.copy_asked)
        self._button("edit", self.edit_asked)
        self._button("rotate", self.rotate_asked)
        self._button("revoke", self.revoke_asked)
        self.body.addStretch(1)

    def show_token(self, token: Token | None) -> None:
        """Show a token, or nothing."""
        self._token = token
        self.setVisible(token is not None)
        if token is None:
            return
        texts, formats = self._look.texts, self._look.formats
        self.title.setText(token.name)
        expires = formats.day(token.expires_at) if token.expires_at else None
        shown = {
            "made": formats.day(token.created_at),
            "used": formats.clock(token.last_used_at) if token.last_used_at else DASH,
            "expires": expires or texts("token.expires.never"),
            "limit": texts("token.limit.none")
            if token.requests_per_minute is None
            else number(token.requests_per_minute),
            "models": ", ".join(token.allowed_models) or texts("token.models.all"),
        }
        for fact, text in shown.items():
            self._values[fact].setText(text)
        self._copy.setEnabled(token.has_copy)
        self._note.setText(texts("token.copy.kept" if token.has_copy else "token.copy.none"))

    def _button(self, name: str, asked: SignalInstance) -> Button:
        button = Button(self._look.texts(f"token.{name}.button"))
        button.setObjectName(f"token.{name}")
        button.clicked.connect(lambda: asked.emit(self._token))
        self.body.addWidget(button)
        return button
