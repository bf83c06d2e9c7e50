"""What a setting is changed with, by its type."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from butler.contract.resources import Setting
from butler.desktop.look import Look
from butler.desktop.widgets.field import NumberField, TextField
from butler.desktop.widgets.select import Select
from butler.desktop.widgets.switch import Switch

Value = bool | int | str | None
_WIDTH = 240


class Editor(QObject):
    """A widget with its value; `wanted` carries the one that a person asks for."""

    wanted = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget

    def show_value(self, value: Value, *, usable: bool) -> None:
        """Show what is in force, and whether it can be changed here."""
        raise NotImplementedError


class SwitchEditor(Editor):
    """On or off."""

    def __init__(self, look: Look, name: str) -> None:
        self._switch = Switch(look, name)
        super().__init__(self._switch)
        self._switch.asked.connect(self.wanted.emit)

    def show_value(self, value: Value, *, usable: bool) -> None:
        self._switch.show_state(bool(value), usable=usable)


class SelectEditor(Editor):
    """One of several; a value that is not among them is shown all the same."""

    def __init__(self, name: str, options: Sequence[tuple[object, str]]) -> None:
        self._select = Select(name, options)
        super().__init__(self._select)
        self._select.setFixedWidth(_WIDTH)
        self._select.picked.connect(self.wanted.emit)

    def show_value(self, value: Value, *, usable: bool) -> None:
        if self._select.findData(value) < 0:
            self._select.addItem(str(value), value)
        self._select.show_value(value)
        self._select.setEnabled(usable)


class NumberEditor(Editor):
    """A whole number; it counts when the field is left or Return is pressed."""

    def __init__(self, name: str) -> None:
        self._field = NumberField(name)
        self._shown: int | None = None
        super().__init__(self._field)
        self._field.setFixedWidth(_WIDTH)
        self._field.editingFinished.connect(self._tell)

    def show_value(self, value: Value, *, usable: bool) -> None:
        self._shown = value if isinstance(value, int) else None
        self._field.show_number(self._shown)
        self._field.setEnabled(usable)

    def _tell(self) -> None:
        number = self._field.number
        if number is None:
            self._field.show_number(self._shown)
        elif number != self._shown:
            self.wanted.emit(number)


class TextEditor(Editor):
    """A line of text; it counts when the field is left or Return is pressed. Empty is nothing."""

    def __init__(self, name: str) -> None:
        self._field = TextField(name)
        self._shown = ""
        super().__init__(self._field)
        self._field.setFixedWidth(_WIDTH)
        self._field.editingFinished.connect(self._tell)

    def show_value(self, value: Value, *, usable: bool) -> None:
        self._shown = "" if value is None else str(value)
        self._field.setText(self._shown)
        self._field.setEnabled(usable)

    def _tell(self) -> None:
        text = self._field.text().strip()
        if text != self._shown:
            self.wanted.emit(text or None)


def editor_of(look: Look, setting: Setting, targets: Sequence[str], name: str) -> Editor:
    """Return what the setting is changed with; `targets` are the models that it may name."""
    if setting.type == "bool":
        return SwitchEditor(look, name)
    if setting.choices:
        return SelectEditor(
            name, [(choice, look.texts.named("choice", choice)) for choice in setting.choices]
        )
    if setting.type == "target":
        nobody = (None, look.texts("setting.nobody"))
        return SelectEditor(name, [nobody, *((target, target) for target in targets)])
    return NumberEditor(name) if setting.type == "int" else TextEditor(name)
