"""The second step: a token for the tool in use, and what to write for it."""

from pydantic import JsonValue
from PySide6.QtCore import Qt

from butler.contract.resources import TokenSecret
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.fonts import Type
from butler.desktop.tools import TOOLS, Tool
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.code_block import CodeBlock
from butler.desktop.widgets.copy_field import CopyField
from butler.desktop.widgets.form import FormRow
from butler.desktop.widgets.guide.step import Step
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.select import Select

_DOTS = "•" * 12


class YourTool(Step):
    """Each tool gets a token of its own, so that it can be told apart and sent away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "tool")
        self._secret: TokenSecret | None = None
        self.tool = Select(self.texts("guide.tool.which"), [(each, each.title) for each in TOOLS])
        self.tool.setObjectName("guide.which")
        self.make = Button(self.texts("guide.tool.make"))
        self.make.setObjectName("guide.make")
        self._said = Label("", Type.SMALL, "secondary")
        self._said.setWordWrap(True)
        self.address = CopyField(desk.look, self.texts("connect.base_url"))
        self.token = CopyField(desk.look, self.texts("connect.token"))
        self.lines = CodeBlock(desk.look, self.texts("guide.tool.lines"))
        for part in (
            FormRow(self.texts("guide.tool.which"), self.tool),
            self.make,
            self._said,
            self.address,
            self.token,
            self.lines,
        ):
            self.column.addWidget(part)
        self.column.setAlignment(self.make, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.make.clicked.connect(self._make)
        self.tool.picked.connect(self._forget)
        self.address.copy_asked.connect(self._copy_address)
        self.token.copy_asked.connect(self._copy_token)
        self.lines.copy_asked.connect(self._copy_lines)
        self._draw()

    @property
    def secret(self) -> str | None:
        """The token that was made here."""
        return self._secret.token if self._secret else None

    @property
    def done(self) -> bool:
        return self._secret is not None

    def opened(self) -> None:
        self._draw()

    @property
    def _chosen(self) -> Tool:
        chosen = self.tool.value
        return chosen if isinstance(chosen, Tool) else TOOLS[0]

    @property
    def _root(self) -> str:
        status = self.desk.state.status
        return status.base_url.removesuffix("/v1") if status else ""

    def _forget(self) -> None:
        """Another tool gets another token."""
        self._secret = None
        self._draw()
        self.changed.emit()

    def _make(self) -> None:
        async def work(client: EngineClient) -> None:
            try:
                body: dict[str, JsonValue] = {"name": self._chosen.title, "keep_copy": True}
                self._secret = await client.ask("POST", "tokens", TokenSecret, body)
            finally:
                self._draw()
            self.changed.emit()

        self.make.setEnabled(False)
        self.run("make token", work)

    def _draw(self) -> None:
        secret, status = self._secret, self.desk.state.status
        self.make.setEnabled(secret is None)
        words = "guide.tool.made" if secret else "guide.tool.none"
        self._said.setText(self.texts(words, tool=self._chosen.title))
        self._said.set_tone("good" if secret else "secondary")
        self.address.show_value(status.base_url if status else "")
        self.token.show_value(_DOTS if secret else "–", can_copy=secret is not None)
        self.lines.setVisible(secret is not None)
        self.lines.show_code(self._chosen.lines(self._root, _DOTS))

    def _copy_address(self) -> None:
        self.desk.actions.copy_base_url()
        self.address.confirm()

    def _copy_token(self) -> None:
        if self._secret:
            self.desk.actions.copy_secret(self._secret.token)
            self.token.confirm()

    def _copy_lines(self) -> None:
        if self._secret:
            self.desk.actions.copy_secret(self._chosen.lines(self._root, self._secret.token))
            self.lines.confirm()
