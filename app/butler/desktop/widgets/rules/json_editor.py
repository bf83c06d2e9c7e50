"""All rules as JSON: checked as one types, compared with what is stored, saved all at once."""

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.problems import Problems
from butler.contract.resources import Rule
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.models.rule_set_changes import changes_between, items_of
from butler.desktop.models.rule_set_text import Checked, check, marks_of, tidied, written
from butler.desktop.widgets.button import Button, QuietButton
from butler.desktop.widgets.label import ElidedLabel
from butler.desktop.widgets.rules.json_elsewhere import JsonElsewhere
from butler.desktop.widgets.rules.json_problems import JsonProblems
from butler.desktop.widgets.rules.json_review import JsonReview
from butler.desktop.widgets.rules.json_text import JsonText

_LOOK_MS = 150
"""So long after the last key a text is read."""
_ASK_MS = 400
"""So long after that the engine is asked about it."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """The rules as they are stored, as text; the revision of which they are."""

    text: str
    revision: int


class JsonEditor(QWidget):
    """What is typed stays until it is saved or discarded, whatever happens elsewhere."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("json")
        self._desk = desk
        texts = desk.look.texts
        self._stored: _Stored | None = None
        self._newer: _Stored | None = None
        self._checked = Checked("", None, ())
        self._shown: Checked | None = None
        self._asked_about = ""
        self._reading: asyncio.Task[None] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._look_soon = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._ask_soon = QTimer(self, singleShot=True, interval=_ASK_MS)
        self.state = ElidedLabel("", tone="secondary")
        self.state.setObjectName("json.state")
        self.elsewhere = JsonElsewhere(desk.look)
        self.text = JsonText(desk.look, texts("rules.json.text"))
        self.problems = JsonProblems(desk.look)
        self._tidy = QuietButton(texts("rules.json.tidy"))
        self._discard = Button(texts("rules.json.discard"))
        self._review = Button(texts("rules.json.review"), primary=True)
        self._lay_out()
        self._connect()
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        # What is asked for the screen alone is asked again when this is shown.
        for task in (self._reading, self._asking):
            if task is not None:
                task.cancel()
        self._asked_about = ""
        super().hideEvent(event)

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that is not stored."""
        return self._stored is not None and self.text.text != self._stored.text

    def refresh(self) -> None:
        """Read the rules anew; what is typed stays."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._desk.engine.run("rules as text", self._read)

    def review(self) -> None:
        """Show what saving would change."""
        self._look()
        if self._stored is None or not self._checked.sound:
            return
        changes = changes_between(items_of(self._stored.text), items_of(self.text.text))
        dialog = JsonReview(
            self._desk.look, changes, lambda: self._save(dialog), self.refresh, self
        )
        dialog.open()

    def discard(self) -> None:
        """Show what is stored; what was typed can be had back by undoing."""
        if self._stored is not None:
            self._take(self._newer or self._stored)

    async def _read(self, client: EngineClient) -> None:
        rules, revision = await client.listed_at("rules", Rule)
        found = _Stored(written(rules), revision)
        if not self.unsaved:
            self._stored = found
            if self.text.text != found.text:
                self.text.show_text(found.text)
        elif self._stored is not None and found.text == self._stored.text:
            # Something else was changed: what is stored of rules is still what we know.
            self._stored, self._newer = found, None
        else:
            self._newer = found
        self._look()

    def _take(self, stored: _Stored) -> None:
        self._stored, self._newer = stored, None
        if self.unsaved:
            self.text.write(stored.text)
        self._look()

    def _keep_mine(self) -> None:
        """Compare with the newer rules from now on: saving puts ours in their place."""
        if self._newer is not None:
            self._stored, self._newer = self._newer, None
        self._look()

    def _note_edit(self) -> None:
        self._ask_soon.stop()
        self._look_soon.start()
        self._draw()

    def _look(self) -> None:
        """Read what is typed; where it is sound and new, the engine is asked about it soon."""
        self._look_soon.stop()
        text = self.text.text
        if text != self._checked.text:
            self._checked = check(text, self._desk.look.texts)
            self._asked_about = ""
        if self.unsaved and self._checked.sound and self._asked_about != text:
            self._ask_soon.start()
        self._draw()

    def _ask(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._desk.engine.run("check rules", self._check_with)

    async def _check_with(self, client: EngineClient) -> None:
        checked = self._checked
        if checked.document is None:
            return
        found = await client.ask("POST", "rules:check-set", Problems, checked.document.value)
        if checked is self._checked:
            marks = marks_of(checked.document, found.problems, self._desk.look.texts)
            self._checked = Checked(checked.text, checked.document, marks)
            self._asked_about = checked.text
            self._draw()

    def _save(self, dialog: JsonReview) -> None:
        stored, document = self._stored, self._checked.document
        if stored is None or document is None:
            return
        dialog.save.setEnabled(False)

        async def save(client: EngineClient) -> None:
            await client.exchange("rules", document.value, stored.revision)
            rules, revision = await client.listed_at("rules", Rule)
            self._take(_Stored(written(rules), revision))
            dialog.accept()
            self._desk.actions.told.emit(self._desk.look.texts("rules.json.saved"))

        self._desk.engine.run("save rules", save, dialog.refused)

    def _tidy_up(self) -> None:
        if self._checked.document is not None:
            self.text.write(tidied(self._checked.document.value))

    def _draw(self) -> None:
        marks = self._checked.marks
        if self._checked is not self._shown:
            # Until it is read again, what is marked moves along with what is typed.
            self._shown = self._checked
            self.text.mark(marks)
            self.problems.show_marks(marks)
        self.elsewhere.setVisible(self._newer is not None)
        unsaved, current = self.unsaved, self._checked.text == self.text.text
        self._tidy.setEnabled(current and self._checked.document is not None)
        self._discard.setEnabled(unsaved)
        self._review.setEnabled(unsaved and current and not marks and self._newer is None)
        words, tone = self._state(unsaved=unsaved, current=current)
        self.state.setText(words)
        self.state.set_tone(tone)

    def _state(self, *, unsaved: bool, current: bool) -> tuple[str, str]:
        texts, marks = self._desk.look.texts, self._checked.marks
        if self._stored is None:
            return texts("rules.json.reading"), "secondary"
        if not current:
            return texts("rules.json.checking"), "secondary"
        if marks:
            return texts.count("rules.json.wrong", len(marks)), "bad"
        if not unsaved:
            return texts.count("rules.json.stored", self._count), "secondary"
        if self._asked_about != self._checked.text:
            return texts("rules.json.checking"), "secondary"
        return texts("rules.json.sound"), "good"

    @property
    def _count(self) -> int:
        value = self._checked.document.value if self._checked.document else None
        rules = value.get("rules") if isinstance(value, dict) else None
        return len(rules) if isinstance(rules, list) else 0

    def _connect(self) -> None:
        self.text.edited.connect(self._note_edit)
        self._look_soon.timeout.connect(self._look)
        self._ask_soon.timeout.connect(self._ask)
        self.problems.chosen.connect(self.text.go_to)
        self.elsewhere.theirs_asked.connect(self.discard)
        self.elsewhere.mine_asked.connect(self._keep_mine)
        self._tidy.clicked.connect(self._tidy_up)
        self._discard.clicked.connect(self.discard)
        self._review.clicked.connect(self.review)
        self._desk.state.config_changed.connect(self._note_change)

    def _note_change(self, resources: list[str]) -> None:
        # A change of anything is a new revision, and a renamed model changes rules.
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        for button, name in (
            (self._tidy, "tidy"),
            (self._discard, "discard"),
            (self._review, "review"),
        ):
            button.setObjectName(f"json.{name}")
            button.setAccessibleName(button.text())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.state, 1)
        for button in (self._tidy, self._discard, self._review):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.elsewhere)
        column.addWidget(self.text, 1)
        column.addWidget(self.problems)
