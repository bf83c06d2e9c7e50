"""Rules from words: described freely or filled in line by line, proposed, looked over, saved."""

import asyncio
from collections.abc import Sequence
from typing import Any

from pydantic import JsonValue
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from butler.contract.drafts import Draft
from butler.contract.problems import Problem
from butler.contract.resources import Model
from butler.contract.tasks import Task
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.fonts import Type
from butler.desktop.widgets.button import Button, QuietButton
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.empty_state import EmptyState
from butler.desktop.widgets.field import LinesField
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.notice import Notice
from butler.desktop.widgets.rules.draft_card import DraftCard
from butler.desktop.widgets.segmented import Segmented
from butler.desktop.widgets.select import Select

_LEFT_WIDTH, _NARROW_LEFT_WIDTH, _BAR = 404, 320, 12
_NARROW = 960
_TEXT_HEIGHT = 96
_FORM_COLUMNS = 2
_PATIENCE_S = 260.0
EXAMPLES = ("tasks", "long", "health", "price", "private")


class WordsTab(QWidget):
    """`edit_asked` carries a proposed rule that is to go to the editor first."""

    edit_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._texts = texts = desk.look.texts
        self._task: asyncio.Task[None] | None = None
        self._draft: Draft | None = None
        self.cards: list[DraftCard] = []
        self.text = LinesField(texts("words.describe"), texts("words.placeholder"))
        self.text.setObjectName("words.text")
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self._lines = {task: Select(texts.named("task", task.value)) for task in Task}
        self.by = Segmented(
            texts("words.by"),
            [(by, texts(f"words.by.{by}")) for by in ("auto", "model", "phrases")],
        )
        self.by.setObjectName("words.by")
        self.propose = Button(texts("words.propose"), primary=True)
        self.propose.setObjectName("words.propose")
        self.propose.clicked.connect(self._propose)
        self.stop = Button(texts("dialog.cancel"))
        self.stop.setObjectName("words.stop")
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        self._said = Label("", Type.SMALL, "secondary")
        self._said.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._left())
        row.addWidget(self._right(), 1)
        self._show_nothing()

    def refresh(self) -> None:
        """Ask the engine which models there are."""
        self._desk.engine.run("models", self._read)

    async def _read(self, client: EngineClient) -> None:
        models = [model for model in await client.listed("models", Model) if model.enabled]
        none: tuple[object, str] = (None, self._texts("words.no_model"))
        for select in self._lines.values():
            select.offer([none, *((model.target, model.target) for model in models)])

    def _left(self) -> QWidget:
        texts = self._texts
        self._side = card = Card()
        card.setFixedWidth(_LEFT_WIDTH)
        card.body.addWidget(Label(texts("words.describe"), Type.BODY_STRONG))
        card.body.addWidget(self.text)
        examples = QVBoxLayout()
        examples.setSpacing(0)
        for name in EXAMPLES:
            words = texts(f"words.example.{name}")
            chip = QuietButton(words)
            chip.setObjectName(f"words.example.{name}")
            chip.setToolTip(words)
            chip.clicked.connect(lambda _=False, words=words: self._take_example(words))
            examples.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addLayout(examples)
        card.body.addWidget(Label(texts("words.form"), Type.BODY_STRONG))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for at, (task, select) in enumerate(self._lines.items()):
            select.setObjectName(f"words.line.{task}")
            label = Label(texts.named("task", task.value), Type.SMALL, "secondary")
            label.setBuddy(select)
            row, column = divmod(at, _FORM_COLUMNS)
            grid.addWidget(label, 2 * row, column)
            grid.addWidget(select, 2 * row + 1, column)
        card.body.addLayout(grid)
        card.body.addStretch(1)
        card.body.addWidget(self.by)
        card.body.addWidget(self._said)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.propose)
        card.body.addLayout(buttons)
        self._scroll = _scrolling(card, _LEFT_WIDTH + _BAR)
        return self._scroll

    def _right(self) -> QWidget:
        texts = self._texts
        self._content = QWidget()
        self._content.setObjectName("scrolled")
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        self._summary = Label("", Type.SMALL, "secondary")
        self._summary.setWordWrap(True)
        self.again = Button(texts("words.again"))
        self.again.setObjectName("words.again")
        self.again.clicked.connect(self._propose)
        self.save = Button(texts("words.save"), primary=True)
        self.save.setObjectName("words.save")
        self.save.clicked.connect(self._save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._summary, 1)
        foot.addWidget(self.again)
        foot.addWidget(self.save)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(_scrolling(self._content), 1)
        column.addLayout(foot)
        return right

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = _NARROW_LEFT_WIDTH if event.size().width() < _NARROW else _LEFT_WIDTH
        self._side.setFixedWidth(width)
        self._scroll.setFixedWidth(width + _BAR)
        super().resizeEvent(event)

    def _take_example(self, words: str) -> None:
        self.text.setPlainText(words)
        self.text.setFocus()

    def _propose(self) -> None:
        body: dict[str, Any] = {
            "text": self.text.toPlainText().strip(),
            "lines": [
                {"task": task.value, "target": str(select.value)}
                for task, select in self._lines.items()
                if select.value
            ],
            "by": str(self.by.value),
            "language": self._texts.language,
        }

        async def work(client: EngineClient) -> None:
            draft = await client.ask("POST", "rules:generate", Draft, body, timeout_s=_PATIENCE_S)
            self._busy(on=False)
            self._show(draft)

        self._busy(on=True)
        self._task = self._desk.engine.run("propose rules", work, self._refused)
        self._task.add_done_callback(lambda _: self._busy(on=False))

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _busy(self, *, on: bool) -> None:
        self.propose.setEnabled(not on)
        self.again.setEnabled(not on)
        self.stop.setVisible(on)
        if on:
            self._say(self._texts("words.asking"), "secondary")
        elif self._said.text() == self._texts("words.asking"):
            self._say("", "secondary")

    def _refused(self, problems: Sequence[Problem]) -> None:
        told = (f"{each.detail} {each.hint or ''}".strip() for each in problems)
        self._say(" ".join(told), "bad")

    def _say(self, words: str, tone: str) -> None:
        self._said.set_tone(tone)
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def _clear(self) -> None:
        self.cards = []
        while (item := self._column.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()

    def _show_nothing(self) -> None:
        self._clear()
        self._column.addWidget(
            EmptyState(self._texts("words.empty"), self._texts("words.empty.what")), 1
        )
        self._said.hide()
        for part in (self.again, self.save):
            part.hide()

    def _show(self, draft: Draft) -> None:
        look, texts = self._desk.look, self._texts
        self._clear()
        self._draft = draft
        for note in draft.notes:
            self._column.addWidget(Notice(look, note.detail, note.hint or "", "warn"))
        for rule in draft.rules:
            card = DraftCard(look, rule)
            card.changed.connect(self._count)
            card.edit_asked.connect(self.edit_asked.emit)
            self.cards.append(card)
            self._column.addWidget(card)
        if not draft.rules and draft.default_target is None:
            self._column.addWidget(EmptyState(texts("words.none"), texts("words.none.what")), 1)
        self._column.addStretch(1)
        self.again.show()
        self.save.show()
        self._count()

    def _count(self) -> None:
        draft, texts = self._draft, self._texts
        if draft is None:
            return
        taken = sum(card.chosen.isChecked() for card in self.cards)
        by = draft.model or texts("words.by.phrases")
        told = [texts.count("words.found", taken), texts("words.written_by", by=by)]
        if draft.default_target:
            told.append(texts("words.default", target=draft.default_target))
        self._summary.setText(" ".join(told))
        self.save.setEnabled(bool(taken or draft.default_target))

    def _save(self) -> None:
        draft = self._draft
        if draft is None:
            return
        rules: list[JsonValue] = [card.rule for card in self.cards if card.chosen.isChecked()]
        body: dict[str, JsonValue] = {"rules": rules, "default_target": draft.default_target}

        async def work(client: EngineClient) -> None:
            await client.send("POST", "rules:apply", body)
            self._desk.actions.told.emit(self._texts.count("words.saved", len(rules)))
            self._draft = None
            self._show_nothing()

        self._desk.engine.run("save proposals", work, self._refused)


def _scrolling(content: QWidget, width: int | None = None) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    if width is not None:
        area.setFixedWidth(width)
    return area
