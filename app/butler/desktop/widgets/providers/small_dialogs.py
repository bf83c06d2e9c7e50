"""The small questions about a provider: another key, another name, which models, one model."""

from collections.abc import Callable, Mapping, Sequence

from pydantic import JsonValue
from PySide6.QtWidgets import QCheckBox, QWidget

from butler.contract.connections import FoundModel
from butler.contract.problems import Problem
from butler.contract.resources import Model
from butler.desktop.look import Look
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.field import NumberField, SecretField, TextField
from butler.desktop.widgets.form import FormRow, tell_rows
from butler.desktop.widgets.providers.model_picker import ModelPicker

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
    """Another key; the stored one is never shown."""

    def __init__(self, look: Look, parent: QWidget, name: str, save: Save) -> None:
        texts = look.texts
        self.key = SecretField(look, texts("provider.key"))
        rows = {"api_key": FormRow(texts("provider.key"), self.key, texts("provider.key.note"))}
        super().__init__(look, texts("provider.key.title", name=name), rows, save, parent)

    def written(self) -> Body:
        return {"api_key": self.key.text().strip() or None}


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


class ModelDialog(FormDialog):
    """What is known of one model; an empty field means that nobody knows."""

    def __init__(self, look: Look, parent: QWidget, model: Model, save: Save) -> None:
        texts = look.texts
        self.alias = TextField(texts("models.alias"), texts("models.alias.example"))
        self.alias.setText(model.alias or "")
        self.context = NumberField(texts("models.context.title"), texts("models.nobody_knows"))
        self.context.show_number(model.context_tokens)
        self.input = TextField(texts("models.input"), texts("models.nobody_knows"))
        self.output = TextField(texts("models.output"), texts("models.nobody_knows"))
        prices = model.prices
        for field, price in (
            (self.input, prices.input_usd if prices else None),
            (self.output, prices.output_usd if prices else None),
        ):
            field.setText("" if price is None else f"{price.normalize():f}")
        self.enabled = QCheckBox(texts("models.enabled"))
        self.enabled.setChecked(model.enabled)
        rows = {
            "alias": FormRow(texts("models.alias"), self.alias, texts("models.alias.note")),
            "context_tokens": FormRow(texts("models.context.title"), self.context),
            "prices.input_usd": FormRow(texts("models.input"), self.input),
            "prices.output_usd": FormRow(texts("models.output"), self.output),
        }
        self._prices = prices.model_dump(mode="json") if prices else {}
        super().__init__(look, model.target, rows, save, parent)
        self.body.addWidget(self.enabled)

    def written(self) -> Body:
        prices: Body = {
            **self._prices,
            "input_usd": self.input.text().strip() or None,
            "output_usd": self.output.text().strip() or None,
        }
        return {
            "alias": self.alias.text().strip() or None,
            "context_tokens": self.context.number,
            "prices": prices if any(value is not None for value in prices.values()) else None,
            "enabled": self.enabled.isChecked(),
        }


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
