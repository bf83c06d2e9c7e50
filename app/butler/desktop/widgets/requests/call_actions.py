"""What can be done with a call that is explained: ask it again, try it, make a rule of it."""

import asyncio

from pydantic import JsonValue, TypeAdapter
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from butler.contract.call_filter import Words
from butler.contract.resources import CallRow
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient, Refused, part
from butler.desktop.models.rule_draft import rule_like
from butler.desktop.snippets import TOKEN_PLACEHOLDER, request_line
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.requests.again_dialog import AgainDialog

_PATHS = {
    "chat_completions": "/v1/chat/completions",
    "messages": "/v1/messages",
    "responses": "/v1/responses",
    "completions": "/v1/completions",
    "embeddings": "/v1/embeddings",
}
_TRIED_AGAIN = "chat_completions"

Body = dict[str, JsonValue]


class CallActions(QWidget):
    """Most need the words of the call; where they were not kept, the buttons say so."""

    ready = Signal()
    """It is known whether the words of the call were kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._call: CallRow | None = None
        self._words: Words | None = None
        self._reading: asyncio.Task[None] | None = None
        texts = desk.look.texts
        self.curl = Button(texts("call.curl"))
        self.curl.setObjectName("call.curl")
        self.curl.clicked.connect(self._copy)
        self.again = Button(texts("call.again"))
        self.again.setObjectName("call.again")
        self.again.clicked.connect(self._ask_again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.more = Button(texts("call.more"))
        self.more.setObjectName("call.more")
        menu = QMenu(self.more)
        self._rule = menu.addAction(texts("call.rule"))
        self._rule.setObjectName("call.rule")
        self._rule.triggered.connect(self._make_rule)
        self._trial = menu.addAction(texts("call.trial"))
        self._trial.setObjectName("call.trial")
        self._trial.triggered.connect(self._try)
        self.more.setMenu(menu)
        for button in (self.curl, self.again, self.more):
            row.addWidget(button)
        self._draw()

    def show_call(self, call: CallRow | None) -> None:
        """Offer what can be done with this call."""
        if call is not None and self._call is not None and call.id == self._call.id:
            return
        self._call, self._words = call, None
        if self._reading is not None:
            self._reading.cancel()
        self._draw()
        if call is not None:
            self._reading = self._desk.engine.run("words", self._read, refused=lambda _: None)

    async def _read(self, client: EngineClient) -> None:
        call = self._call
        if call is None:
            return
        try:
            self._words = await client.read(f"requests/{part(call.id)}/body", Words)
        except Refused:
            self._words = None
        self._draw()
        self.ready.emit()

    def _draw(self) -> None:
        texts, call = self._desk.look.texts, self._call
        self.setVisible(call is not None)
        kept = self._words is not None
        endpoint = call.endpoint if call and kept else None
        self.curl.setEnabled(endpoint in _PATHS)
        self.again.setEnabled(endpoint == _TRIED_AGAIN)
        self._trial.setEnabled(kept)
        why = "" if kept else texts("call.not_kept")
        for button in (self.curl, self.again):
            button.setToolTip(f"<p>{why}</p>" if why else "")
            button.setAccessibleDescription(why)
        if kept and not self.again.isEnabled():
            self.again.setToolTip(f"<p>{texts('call.again.chat_only')}</p>")

    def _copy(self) -> None:
        status = self._desk.state.status
        if self._call is None or self._words is None or status is None:
            return
        root = status.base_url.removesuffix("/v1")
        url = f"{root}{_PATHS[self._call.endpoint]}"
        # With the words of a person in it, it is treated like a secret.
        self._desk.actions.copy_secret(request_line(url, TOKEN_PLACEHOLDER, self._words.request))
        self._desk.actions.told.emit(self._desk.look.texts("call.curl.done"))

    def _make_rule(self) -> None:
        if self._call is not None:
            self._desk.actions.rule_asked.emit(rule_like(self._desk.look.texts, self._call))

    def _try(self) -> None:
        if self._call is not None:
            self._desk.actions.trial_asked.emit(self._call.id)

    def _ask_again(self) -> None:
        if self._words is not None:
            body = TypeAdapter(Body).validate_json(self._words.request)
            AgainDialog(self._desk, body, self.window()).open()
