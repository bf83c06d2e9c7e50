"""Editors for the fields of conditions, one for each type of field; listed in `EDITORS`."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QCompleter, QWidget

from butler.contract.condition_kinds import ConditionField
from butler.contract.tasks import Task
from butler.contract.texts import Texts
from butler.desktop.widgets.field import TextField
from butler.desktop.widgets.rules.many_choice import ManyChoice
from butler.desktop.widgets.select import Select


@dataclass(frozen=True, slots=True)
class Offer:
    """What fields can offer: the words, and the models that are there."""

    texts: Texts
    targets: Sequence[str] = ()


class FieldEditor(QObject):
    """One field: `value` is what the API takes, None where nothing is said."""

    edited = Signal()
    widget: QWidget

    @property
    def value(self) -> Any:
        """What is said."""
        raise NotImplementedError

    @property
    def readable(self) -> bool:
        """Whether what stands there can be read at all; nothing can."""
        return True

    def show_value(self, value: Any) -> None:
        """Show what is said."""
        raise NotImplementedError


class _Line(FieldEditor):
    """A line of text, read and written by two functions."""

    def __init__(
        self,
        name: str,
        placeholder: str,
        read: Callable[[str], Any],
        write: Callable[[Any], str],
        *,
        code: bool = False,
    ) -> None:
        super().__init__()
        self.line = TextField(name, placeholder, code=code)
        self.line.setMinimumWidth(72)
        self.widget = self.line
        self._read, self._write = read, write
        self._strips = not code
        self.line.textEdited.connect(lambda _: self.edited.emit())

    @property
    def value(self) -> Any:
        text = self.line.text()
        return self._read(text.strip() if self._strips else text)

    @property
    def readable(self) -> bool:
        return not self.line.text().strip() or self.value is not None

    def show_value(self, value: Any) -> None:
        self.line.setText("" if value is None else self._write(value))


class _Many(FieldEditor):
    """Some of several."""

    def __init__(self, name: str, options: Sequence[tuple[str, str]], nothing: str) -> None:
        super().__init__()
        self.choice = ManyChoice(name, options, nothing)
        self.widget = self.choice
        self.choice.picked.connect(lambda _: self.edited.emit())

    @property
    def value(self) -> Any:
        return self.choice.values or None

    def show_value(self, value: Any) -> None:
        self.choice.show_values([str(each) for each in value or ()])


class _One(FieldEditor):
    """One of several; the first stands for what nobody has said."""

    def __init__(self, name: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self.select = Select(name, options)
        self.widget = self.select
        self.select.picked.connect(lambda _: self.edited.emit())

    @property
    def value(self) -> Any:
        return self.select.value

    def show_value(self, value: Any) -> None:
        known = [self.select.itemData(row) for row in range(self.select.count())]
        if value is not None and value not in known:
            # What is gone meanwhile is shown as it was written.
            self.select.addItem(str(value), value)
        self.select.show_value(value)


def editor_of(field: ConditionField, name: str, offer: Offer) -> FieldEditor:
    """Return the editor of a field; one of a type that nobody knows is a line of text."""
    form, _, choices = field.type.partition(":")
    made = EDITORS.get(form, _text)
    editor = made(field, name, offer, tuple(choices.split(",")) if choices else ())
    editor.widget.setObjectName(f"field.{field.name}")
    return editor


Maker = Callable[[ConditionField, str, Offer, tuple[str, ...]], FieldEditor]


def _text(field: ConditionField, name: str, _offer: Offer, _: tuple[str, ...]) -> FieldEditor:
    return _Line(name, field.default or "", lambda text: text or None, str)


def _code(field: ConditionField, name: str, _offer: Offer, _: tuple[str, ...]) -> FieldEditor:
    return _Line(name, field.default or "", lambda text: text or None, str, code=True)


def _listed(field: ConditionField, name: str, offer: Offer, _: tuple[str, ...]) -> FieldEditor:
    editor = _Line(name, offer.texts("condition.list.example"), _split, _joined)
    if field.suggestions:
        completer = QCompleter(field.suggestions, editor.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        editor.line.setCompleter(completer)
        editor.line.setPlaceholderText(", ".join(field.suggestions[:3]))
        completer.activated.connect(lambda _: editor.edited.emit())
    return editor


def _number(field: ConditionField, name: str, _offer: Offer, _: tuple[str, ...]) -> FieldEditor:
    editor = _Line(name, field.default or "", _as_number, _number_text)
    validator = QDoubleValidator(0, 1e12, 6, editor.line)
    # As JSON writes numbers, whatever the system's language: 10,000 is not taken for nothing.
    locale = QLocale.c()
    locale.setNumberOptions(QLocale.NumberOption.RejectGroupSeparator)
    validator.setLocale(locale)
    validator.setNotation(QDoubleValidator.Notation.StandardNotation)
    editor.line.setValidator(validator)
    return editor


def _tasks(_field: ConditionField, name: str, offer: Offer, _: tuple[str, ...]) -> FieldEditor:
    options = [(task.value, offer.texts.named("task", task.value)) for task in Task]
    return _Many(name, options, offer.texts("condition.choose"))


def _choices(
    field: ConditionField, name: str, offer: Offer, choices: tuple[str, ...]
) -> FieldEditor:
    nothing = "condition.choose" if field.required else "condition.any_of_them"
    return _Many(name, _worded(offer.texts, choices), offer.texts(nothing))


def _choice(
    field: ConditionField, name: str, offer: Offer, choices: tuple[str, ...]
) -> FieldEditor:
    # The usual one comes first: it stands for what nobody has said.
    usual = [choice for choice in choices if choice == field.default]
    ordered = [*usual, *(choice for choice in choices if choice not in usual)]
    return _One(name, _worded(offer.texts, ordered))


def _flag(field: ConditionField, name: str, offer: Offer, _: tuple[str, ...]) -> FieldEditor:
    words = [(True, offer.texts("word.yes")), (False, offer.texts("word.no"))]
    return _One(name, words if field.default != "false" else words[::-1])


def _target(_field: ConditionField, name: str, offer: Offer, _: tuple[str, ...]) -> FieldEditor:
    own: tuple[object, str] = (None, offer.texts("condition.own_target"))
    return _One(name, [own, *((target, target) for target in offer.targets)])


EDITORS: Mapping[str, Maker] = {
    "text": _text,
    "regex": _code,
    "time": _text,
    "words": _listed,
    "names": _listed,
    "number": _number,
    "tasks": _tasks,
    "choices": _choices,
    "choice": _choice,
    "bool": _flag,
    "target": _target,
}


def _worded(texts: Texts, values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, texts.named("condition.value", value)) for value in values]


def _split(text: str) -> list[str] | None:
    """Read words with commas between; those that hold one stand in quotation marks."""
    plain = text if '"' in text else text.replace("，", ",")
    rows = list(csv.reader([plain], skipinitialspace=True))
    return [word.strip() for word in (rows[0] if rows else []) if word.strip()] or None


def _joined(words: Sequence[str]) -> str:
    return ", ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if not {",", "，", '"'} & set(word):
        return word
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def _as_number(text: str) -> int | float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value.is_integer() else value


def _number_text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
