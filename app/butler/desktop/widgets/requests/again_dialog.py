"""Asks the same of another model, and shows what it says, how long it took, what it cost."""

import asyncio

from pydantic import JsonValue
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from butler.contract.resources import CallRow, Model
from butler.desktop.data_plane import NotAnswered, send
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient, Refused, part
from butler.desktop.fonts import Type
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.form import FormRow
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.select import Select

_WIDTH = 640
_ANSWER_HEIGHT = 260
_LOOK_EVERY_S = 0.1
_LOOKS = 50


class AgainDialog(Dialog):
    """The request goes through the endpoint like any other, so it stands in the log, too."""

    def __init__(self, desk: Desk, body: dict[str, JsonValue], parent: QWidget) -> None:
        texts = desk.look.texts
        super().__init__(desk.look, texts("again.title"), parent, _WIDTH)
        self._desk = desk
        # An answer that is read at once needs no stream.
        self._body = {
            name: value
            for name, value in body.items()
            if name not in {"model", "stream", "stream_options"}
        }
        self._running: asyncio.Task[None] | None = None
        self.model = Select(texts("again.model"))
        self.model.setObjectName("again.model")
        self.answer = Label("", tone="secondary")
        self.answer.setObjectName("again.answer")
        self.answer.setWordWrap(True)
        self.answer.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.took = Label("", Type.SMALL, "secondary")
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFixedHeight(_ANSWER_HEIGHT)
        scroll.setWidget(self.answer)
        self.body.addWidget(FormRow(texts("again.model"), self.model, texts("again.note")))
        self.body.addWidget(scroll)
        self.body.addWidget(self.took)
        self.add_button("again.close", texts("dialog.done"), self.reject)
        self._send = self.add_button("again.send", texts("again.send"), self._ask, primary=True)
        self._send.setEnabled(False)
        self.finished.connect(lambda _: self._stop())
        self._running = desk.engine.run("models", self._offer)

    async def _offer(self, client: EngineClient) -> None:
        models = await client.listed("models", Model)
        enabled = [each.target for each in models if each.enabled]
        self.model.offer([(each, each) for each in sorted(enabled)])
        self._send.setEnabled(bool(enabled))

    def _ask(self) -> None:
        async def work(client: EngineClient) -> None:
            try:
                await self._answer(client)
            except NotAnswered as error:
                self._say(str(error), "bad")
            finally:
                self._send.setEnabled(True)

        self._send.setEnabled(False)
        self.took.setText("")
        self._say(self.look.texts("guide.request.asking"), "secondary")
        self._running = self._desk.engine.run("ask again", work)

    async def _answer(self, client: EngineClient) -> None:
        status = self._desk.state.status
        if status is None or status.default_token is None:
            self._say(self.look.texts("again.no_token"), "bad")
            return
        token = (await client.token_secret(status.default_token)).token
        body = {**self._body, "model": str(self.model.value)}
        answer = await send(status.base_url, token, "chat/completions", body)
        self._say(answer.text or self.look.texts("again.no_text"), "")
        for _ in range(_LOOKS):
            try:
                call = await client.read(f"requests/{part(answer.call_id)}", CallRow)
            except Refused:
                await asyncio.sleep(_LOOK_EVERY_S)
                continue
            formats = self.look.formats
            parts = (call.target or "", formats.duration(call.duration_ms), formats.cost(call))
            self.took.setText(" · ".join(parts))
            return

    def _say(self, words: str, tone: str) -> None:
        self.answer.set_tone(tone)
        self.answer.setText(words)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
