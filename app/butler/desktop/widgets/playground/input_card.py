"""What is tried: a prompt, a whole request, or a past call; whose token; which thresholds."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QWidget

from butler.contract.resources import CallRow, Setting, Token
from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.models.trial_request import NotJson, of_json, of_text
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.card import Card, hairline
from butler.desktop.widgets.field import LinesField, NumberField, mark_wrong
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.segmented import Segmented
from butler.desktop.widgets.select import Select

_SETTLE_MS = 250
_WAYS = ("text", "json", "past")
_FIELD_WIDTH = 110
NUMBERS = (
    "semantic.least_percent",
    "cache.semantic_similarity_percent",
    "arbiter.least_percent",
)
FLAGS = ("routing.enabled", "semantic.enabled", "privacy.local_only")


class InputCard(Card):
    """`settled` carries, a moment after a change, what is to be tried; None is nothing."""

    settled = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        texts = look.texts
        self._stored: dict[str, Any] = {}
        self.way = Segmented(
            texts("playground.way"), [(way, texts(f"playground.{way}")) for way in _WAYS]
        )
        self.way.setObjectName("playground.way")
        self.way.picked.connect(lambda _: self._change_way())
        self.text = LinesField(texts("playground.text"), texts("playground.text.example"))
        self.text.setObjectName("playground.text")
        self.json = LinesField(texts("playground.json"), texts("playground.json.example"))
        self.json.setObjectName("playground.json")
        self.json.setFont(font(Type.CODE))
        self.past = Select(texts("playground.past"))
        self.past.setObjectName("playground.past")
        self.token = Select(texts("playground.token"))
        self.token.setObjectName("playground.token")
        self.numbers = {key: NumberField(texts.named("setting", key)) for key in NUMBERS}
        self.flags = {
            key: Select(
                texts.named("setting", key),
                [(True, texts("playground.on")), (False, texts("playground.off"))],
            )
            for key in FLAGS
        }
        self._wrong = Label("", Type.SMALL, "bad")
        self._wrong.setWordWrap(True)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._tell)
        self._connect()
        self._lay_out()

    def offer(
        self, tokens: Sequence[Token], calls: Sequence[CallRow], settings: Sequence[Setting]
    ) -> None:
        """Offer tokens and past calls, and show the thresholds in force where none is tried."""
        texts, formats = self._look.texts, self._look.formats
        nobody: tuple[object, str] = (None, texts("playground.token.none"))
        self.token.offer([nobody, *((token.id, token.name) for token in tokens)])
        shown = [
            (call.id, f"{formats.clock(call.started_at)}  {call.target or call.requested_model}")
            for call in calls
        ]
        self.past.offer(shown or [(None, texts("playground.past.none"))])
        changed = self.tried
        self._stored = {setting.key: setting.value for setting in settings}
        for key, field in self.numbers.items():
            field.setVisible(key in self._stored)
            if key not in changed:
                value = self._stored.get(key)
                field.show_number(value if isinstance(value, int) else None)
        for key, select in self.flags.items():
            if key not in changed:
                select.show_value(self._stored.get(key))

    @property
    def tried(self) -> dict[str, Any]:
        """The settings that are tried: those that differ from what is in force."""
        if not self._stored:
            return {}
        wanted: dict[str, Any] = {
            **{key: field.number for key, field in self.numbers.items()},
            **{key: select.value for key, select in self.flags.items()},
        }
        return {
            key: value
            for key, value in wanted.items()
            if value is not None and value != self._stored.get(key)
        }

    def try_text(self, text: str) -> None:
        """Take a prompt from elsewhere."""
        self.way.show_value("text")
        self._change_way()
        self.text.setPlainText(text)

    def try_call(self, call_id: str) -> None:
        """Take a past call from elsewhere."""
        if self.past.findData(call_id) < 0:
            self.past.addItem(call_id, call_id)
        self.past.show_value(call_id)
        self.way.show_value("past")
        self._change_way()

    def again(self) -> None:
        """Try once more what stands there."""
        self._settle.start()

    def refuse(self, words: str) -> None:
        """Say what is wrong with it."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _connect(self) -> None:
        for editor in (self.text, self.json):
            editor.textChanged.connect(self._settle.start)
        for select in (self.past, self.token, *self.flags.values()):
            select.picked.connect(lambda _: self._settle.start())
        for field in self.numbers.values():
            field.textEdited.connect(lambda _: self._settle.start())

    def _change_way(self) -> None:
        self._editors.setCurrentIndex(_WAYS.index(str(self.way.value)))
        self._settle.start()

    def _tell(self) -> None:
        mark_wrong(self.json, False)
        try:
            asked = self._asked()
        except NotJson as error:
            mark_wrong(self.json, True)
            told = self._look.texts(
                "playground.json.wrong", line=error.line, column=error.column, why=error.why
            )
            self.refuse(told)
            self.settled.emit(None)
            return
        self.refuse("")
        if asked is not None:
            token = {} if self.token.value is None else {"token": self.token.value}
            asked = {**asked, **token, "settings": self.tried}
        self.settled.emit(asked)

    def _asked(self) -> Mapping[str, Any] | None:
        match self.way.value:
            case "json":
                return of_json(self.json.toPlainText())
            case "past":
                return None if self.past.value is None else {"request_id": self.past.value}
        return of_text(self.text.toPlainText())

    def _reset(self) -> None:
        for key, field in self.numbers.items():
            value = self._stored.get(key)
            field.show_number(value if isinstance(value, int) else None)
        for key, select in self.flags.items():
            select.show_value(self._stored.get(key))
        self._settle.start()

    def _lay_out(self) -> None:
        texts = self._look.texts
        self.body.addWidget(self.way)
        editors = QWidget()
        self._editors = QStackedLayout(editors)
        self._editors.setContentsMargins(0, 0, 0, 0)
        for part in (self.text, self.json, _at_the_top(self.past)):
            self._editors.addWidget(part)
        self.body.addWidget(editors, 1)
        self.body.addWidget(self._wrong)
        self._wrong.hide()
        head = QHBoxLayout()
        head.addWidget(Label(texts("playground.thresholds"), Type.BODY_STRONG), 1)
        reset = QuietButton(texts("playground.reset"))
        reset.setObjectName("playground.reset")
        reset.clicked.connect(self._reset)
        head.addWidget(reset)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        rows: list[tuple[str, QWidget]] = [(texts("playground.token"), self.token)]
        rows += [(texts(f"playground.set.{key}"), field) for key, field in self.numbers.items()]
        rows += [(texts(f"playground.set.{key}"), field) for key, field in self.flags.items()]
        for at, (words, field) in enumerate(rows):
            field.setFixedWidth(_FIELD_WIDTH)
            if not field.objectName():
                field.setObjectName(f"playground.{_key_of(field, self)}")
            label = Label(words, Type.SMALL, "secondary")
            label.setWordWrap(True)
            label.setBuddy(field)
            grid.addWidget(label, at, 0)
            grid.addWidget(field, at, 1)
        self.body.addWidget(hairline())
        self.body.addLayout(head)
        self.body.addLayout(grid)


def _key_of(field: QWidget, card: InputCard) -> str:
    fields: dict[str, QWidget] = {**card.numbers, **card.flags}
    return next((key for key, one in fields.items() if one is field), "")


def _at_the_top(part: QWidget) -> QWidget:
    """Return a part that stays as high as it is, in a place that is higher."""
    holder = QWidget()
    row = QGridLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(part, 0, 0)
    row.setRowStretch(1, 1)
    return holder
