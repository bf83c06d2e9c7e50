"""The small questions about a provider: its key, another key, another name, which models."""

from collections.abc import Callable, Mapping, Sequence

from pydantic import JsonValue
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from butler.contract.connections import FoundModel
from butler.contract.problems import Problem
from butler.contract.resources import ProviderKey
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.copy_field import CopyField
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.field import SecretField, TextField
from butler.desktop.widgets.form import FormRow, tell_rows
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.providers.model_picker import ModelPicker

SHOWN_S = 10
"""So many seconds a key can be seen."""

Body = dict[str, JsonValue]
Save = Callable[[Body], object]


class FormDialog(Dialog):
    """Rows of a form and a button that hands over what was written."""

    def __init__(
        self, look: Look, title: str, rows: Mapping[str, FormRow], save: Save, parent: QWidget
    ) -> None:
        super().__init__(look, title, parent)
        self.rows = rows
        self._save = save
        for row in rows.values():
            self.body.addWidget(row)
        self.add_button("form.cancel", look.texts("dialog.cancel"), self.reject)
        self._done = self.add_button("form.save", look.texts("dialog.save"), self._go, primary=True)

    def written(self) -> Body:
        """Return what was written, as the engine takes it."""
        raise NotImplementedError

    def refused(self, problems: Sequence[Problem]) -> None:
        """Show what the engine has against it."""
        self._done.setEnabled(True)
        self.tell(tell_rows(self.look, self.rows, problems))

    def _go(self) -> None:
        self._done.setEnabled(False)
        self._save(self.written())


class KeyDialog(FormDialog):
    """Another key in place of the stored one."""

    def __init__(self, look: Look, parent: QWidget, name: str, save: Save) -> None:
        texts = look.texts
        self.key = SecretField(look, texts("provider.key"))
        rows = {"api_key": FormRow(texts("provider.key"), self.key, texts("provider.key.note"))}
        super().__init__(look, texts("provider.key.title", name=name), rows, save, parent)

    def written(self) -> Body:
        return {"api_key": self.key.text().strip() or None}


class KeyShown(Dialog):
    """The stored key, which hides again by itself."""

    def __init__(
        self, look: Look, parent: QWidget, key: ProviderKey, copy: Callable[[str], object]
    ) -> None:
        texts = look.texts
        super().__init__(look, texts("provider.key.shown", name=key.name), parent)
        self._key = key.api_key
        self._copy = copy
        self.field = CopyField(look, texts("provider.key"))
        self.field.show_value(key.api_key)
        self.field.copy_asked.connect(self._put)
        note = Label(texts("provider.key.hides", seconds=SHOWN_S), Type.SMALL, "secondary")
        self.body.addWidget(self.field)
        self.body.addWidget(note)
        self.add_button("key.done", texts("dialog.done"), self.accept, primary=True)
        QTimer.singleShot(SHOWN_S * 1000, self, self.accept)

    def _put(self) -> None:
        self._copy(self._key)
        self.field.confirm()


class RenameDialog(FormDialog):
    """Another name: rules and settings that use the old one follow."""

    def __init__(self, look: Look, parent: QWidget, name: str, save: Save) -> None:
        texts = look.texts
        self.name = TextField(texts("provider.name"))
        self.name.setText(name)
        rows = {"name": FormRow(texts("provider.name"), self.name, texts("provider.rename.note"))}
        super().__init__(look, texts("provider.rename.title", name=name), rows, save, parent)

    def written(self) -> Body:
        return {"name": self.name.text().strip()}


class ModelsDialog(Dialog):
    """Which of the models that a provider lists are used."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        models: Sequence[FoundModel],
        save: Callable[[list[FoundModel]], object],
    ) -> None:
        super().__init__(look, look.texts("models.pick"), parent, 560)
        self.picker = ModelPicker(look)
        self.picker.show_models(models)
        self.body.addWidget(self.picker)
        self.add_button("form.cancel", look.texts("dialog.cancel"), self.reject)
        done = self.add_button(
            "form.save", look.texts("dialog.save"), lambda: save(self.picker.picked), primary=True
        )
        # A provider without any model answers nothing.
        self.picker.changed.connect(lambda: done.setEnabled(bool(self.picker.picked)))

    def refused(self, problems: Sequence[Problem]) -> None:
        """Show what the engine has against it."""
        self.tell(tell_rows(self.look, {}, problems))
