"""A question with cards to choose from: some of them, or one."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import JsonValue
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.wizard import Choice, Question
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.label import Label
from butler.desktop.wizard.choice_card import ChoiceCard

_COLUMNS = 2
_TRUTHS: Mapping[str, JsonValue] = {"true": True, "false": False}
"""Yes and no, as the form offers them."""


class ChoicesView(QWidget):
    """`changed` whenever another card is chosen; models stand under the names of providers."""

    changed = Signal()

    def __init__(self, look: Look, question: Question) -> None:
        super().__init__()
        self._look = look
        self._question = question
        self._one = question.type == "one"
        self.setObjectName(f"wizard.{question.field}")
        self.cards: dict[str, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(self._one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if not self._one and len(question.choices) > _COLUMNS:
            column.addLayout(self._all_or_none())
        for heading, choices in self._grouped():
            if heading:
                column.addWidget(Label(heading, Type.BODY_STRONG))
            column.addLayout(self._grid(choices))

    @property
    def answer(self) -> list[str]:
        """The values that are chosen, in the order in which they are offered."""
        return [value for value, card in self.cards.items() if card.isChecked()]

    @property
    def offered(self) -> list[str]:
        """All values that can be chosen."""
        return [*self.cards]

    @property
    def value(self) -> JsonValue:
        """The answer as the engine takes it."""
        chosen: list[JsonValue] = [*self.answer]
        return _TRUTHS.get(str(chosen[0]), chosen[0]) if self._one else chosen

    def _grouped(self) -> Iterator[tuple[str, Sequence[Choice]]]:
        choices = self._question.choices
        if self._question.field != "models":
            yield "", choices
            return
        for provider in dict.fromkeys(each.value.partition("/")[0] for each in choices):
            yield provider, [each for each in choices if each.value.startswith(f"{provider}/")]

    def _grid(self, choices: Sequence[Choice]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        columns = 1 if self._one and len(choices) > _COLUMNS else _COLUMNS
        for at, choice in enumerate(choices):
            grid.addWidget(self._card(choice), *divmod(at, columns))
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        return grid

    def _card(self, choice: Choice) -> ChoiceCard:
        field, value, texts = self._question.field, choice.value, self._look.texts
        if field == "models":
            name, detail = value.partition("/")[2], choice.detail
        else:
            name = texts.named(f"wizard.{field}", value)
            detail = choice.detail or texts.named(f"wizard.{field}", f"{value}.text", "")
        card = ChoiceCard(self._look, name, detail, one=self._one)
        card.setObjectName(f"wizard.{field}.{value}")
        card.setChecked(value in self._question.default)
        card.toggled.connect(lambda _: self.changed.emit())
        self._group.addButton(card)
        self.cards[value] = card
        return card

    def _all_or_none(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
        for name, on in (("all", True), ("none", False)):
            button = QuietButton(self._look.texts(f"wizard.{name}"))
            button.setObjectName(f"wizard.{self._question.field}.{name}")
            button.clicked.connect(lambda _=False, on=on: self._choose_all(on=on))
            row.addWidget(button)
        return row

    def _choose_all(self, *, on: bool) -> None:
        for card in self.cards.values():
            card.setChecked(on)
