"""What a tool needs to be pointed here: address, token, and a line to try it with."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from butler.contract.resources import Status
from butler.desktop.actions import Actions
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.snippets import TOKEN_PLACEHOLDER, curl_line
from butler.desktop.state import DesktopState
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.code_block import CodeBlock
from butler.desktop.widgets.copy_field import CopyField
from butler.desktop.widgets.label import Label

_DOTS = "•" * 8


class TryBlock(CodeBlock):
    """The curl line; it shows dots for the token and copies the token itself."""

    def __init__(self, look: Look, state: DesktopState, actions: Actions) -> None:
        super().__init__(look, look.texts("connect.example"))
        self._look = look
        self._state = state
        self.copy_asked.connect(actions.copy_example)
        actions.copied.connect(self._confirm)
        state.status_changed.connect(self._draw)
        self._draw()

    def _confirm(self, what: str) -> None:
        if what == "example" and self.isVisible():
            self.confirm()

    def _draw(self) -> None:
        status = self._state.status
        if status:
            token = _DOTS if status.default_token else TOKEN_PLACEHOLDER
            question = self._look.texts("example.question")
            self.show_code(curl_line(status.base_url, token, question))


class ConnectCard(Card):
    """Draws itself from the state; the token's text is fetched only to be copied."""

    def __init__(
        self, look: Look, state: DesktopState, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(look.texts("connect.title"), parent)
        self._look = look
        self._state = state
        self._fields = {
            "base_url": CopyField(look, look.texts("connect.base_url")),
            "token": CopyField(look, look.texts("connect.token")),
        }
        self._fields["base_url"].copy_asked.connect(actions.copy_base_url)
        self._fields["token"].copy_asked.connect(actions.copy_token)
        self._note = Label("", Type.SMALL, "secondary")
        self._note.setWordWrap(True)
        self._lay_out(TryBlock(look, state, actions))
        actions.copied.connect(self._confirm)
        state.status_changed.connect(self._draw)
        self._draw()

    def _lay_out(self, example: TryBlock) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        for field in self._fields.values():
            left.addWidget(field)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(Label(self._look.texts("connect.example"), Type.SMALL, "secondary"))
        right.addWidget(example, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.body.addLayout(grid)
        self.body.addWidget(self._note)

    def _confirm(self, what: str) -> None:
        if what in self._fields:
            self._fields[what].confirm()

    def _draw(self) -> None:
        status, texts = self._state.status, self._look.texts
        if status is None:
            return
        self._fields["base_url"].show_value(status.base_url)
        has_copy = status.default_token is not None
        shown = _DOTS * 2 if has_copy else texts("connect.no_copy")
        self._fields["token"].show_value(shown, can_copy=has_copy)
        self._note.setText(texts(self._advice(status)))

    def _advice(self, status: Status) -> str:
        if status.default_token is None:
            return "connect.make_token"
        return "connect.demo" if status.demo else "connect.note"
