"""The third step: a real request, its answer, and the way it went."""

import asyncio

from PySide6.QtCore import Qt

from butler.contract.resources import CallRow
from butler.desktop.data_plane import NotAnswered, ask
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient, Refused, part
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.field import TextField
from butler.desktop.widgets.form import FormRow
from butler.desktop.widgets.guide.step import Step
from butler.desktop.widgets.guide.your_tool import YourTool
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.why_card import WhyCard

_LOOK_EVERY_S = 0.1
_LOOKS = 50
_ANSWER_CHARS = 400


class FirstRequest(Step):
    """Asks with the tool's token where one was made, else with one that is kept here."""

    def __init__(self, desk: Desk, tool: YourTool) -> None:
        super().__init__(desk, "request")
        self._tool = tool
        self._answered = False
        self.question = TextField(self.texts("guide.request.question"))
        self.question.setText(self.texts("example.question"))
        self.send = Button(self.texts("guide.request.send"))
        self.send.setObjectName("guide.send")
        self.said = Label("", tone="secondary")
        self.said.setObjectName("guide.said")
        self.said.setWordWrap(True)
        self.why = WhyCard(desk.look)
        self.why.hide()
        for each in (
            FormRow(self.texts("guide.request.question"), self.question),
            self.send,
            self.said,
        ):
            self.column.addWidget(each)
        self.column.setAlignment(self.send, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.why, 1)
        self.column.addStretch(0)
        self.send.clicked.connect(self._send)
        self.question.returnPressed.connect(self._send)

    @property
    def done(self) -> bool:
        return self._answered

    def _send(self) -> None:
        async def work(client: EngineClient) -> None:
            try:
                await self._ask(client)
            except NotAnswered as error:
                self._say(self.texts("guide.request.failed", why=str(error)), "bad")
            finally:
                self.send.setEnabled(True)

        self.send.setEnabled(False)
        self._say(self.texts("guide.request.asking"), "secondary")
        self.run("first request", work)

    async def _ask(self, client: EngineClient) -> None:
        status = self.desk.state.status
        token = self._tool.secret
        if token is None and status and status.default_token:
            token = (await client.token_secret(status.default_token)).token
        if token is None or status is None:
            self._say(self.texts("guide.request.no_token"), "bad")
            return
        answer = await ask(status.base_url, token, self.question.text().strip())
        text = answer.text
        self._say(text if len(text) <= _ANSWER_CHARS else f"{text[:_ANSWER_CHARS]}…", "ink")
        self._answered = True
        self.changed.emit()
        await self._explain(client, answer.call_id)

    async def _explain(self, client: EngineClient, call_id: str) -> None:
        """Show the way it went, as soon as the log has it."""
        for _ in range(_LOOKS):
            try:
                call = await client.read(f"requests/{part(call_id)}", CallRow)
            except Refused:
                await asyncio.sleep(_LOOK_EVERY_S)
                continue
            self.why.explain(call)
            self.why.show()
            return

    def _say(self, words: str, tone: str) -> None:
        self.said.set_tone("" if tone == "ink" else tone)
        self.said.setText(words)
