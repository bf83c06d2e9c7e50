"""What is known of one model, field by field; what nobody knows stays empty."""

import json
from collections.abc import Sequence
from decimal import Decimal

from pydantic import JsonValue
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QScrollArea, QWidget

from butler.contract.problems import Problem
from butler.contract.resources import Model, Prices
from butler.desktop.look import Look
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.field import LinesField, NumberField, TextField
from butler.desktop.widgets.form import FormRow, tell_rows
from butler.desktop.widgets.providers.small_dialogs import Body, Save
from butler.desktop.widgets.select import Select

_WIDTH = 620
_HEIGHT = 360
_LINES_HEIGHT = 64
_ABILITIES = ("thinking", "tools", "json_mode")
_PRICES = ("input_usd", "output_usd", "cached_usd", "image_usd")
_THINKING = ("auto", "enabled", "disabled")


class ModelDialog(Dialog):
    """Hands what was written to `save`; `refused` shows what the engine has against it."""

    def __init__(self, look: Look, parent: QWidget, model: Model, save: Save) -> None:
        super().__init__(look, model.target, parent, _WIDTH)
        self._model = model
        self._save = save
        texts = look.texts
        nothing = texts("models.nobody_knows")
        self.alias = TextField(texts("models.alias"), texts("models.alias.example"))
        self.context = NumberField(texts("models.context.title"), nothing)
        self.output_tokens = NumberField(texts("models.most"), nothing)
        self.prices = {name: TextField(texts(f"models.{name}"), nothing) for name in _PRICES}
        self.abilities = {name: self._ability(name) for name in _ABILITIES}
        self.modalities = TextField(texts("models.modalities"), nothing)
        self.makes = TextField(texts("models.makes"), nothing)
        self.default_thinking = Select(
            texts("models.default_thinking"),
            [(None, texts("models.default_thinking.none"))]
            + [(each, texts(f"thinking.{each}")) for each in _THINKING],
        )
        self.parameters = LinesField(texts("models.parameters"), "{}")
        self.parameters.setFixedHeight(_LINES_HEIGHT)
        self.enabled = QCheckBox(texts("models.enabled"))
        self._rows = self._all_rows()
        self.body.addWidget(self._scrolling())
        self.body.addWidget(self.enabled)
        self.add_button("form.cancel", texts("dialog.cancel"), self.reject)
        self._done = self.add_button("form.save", texts("dialog.save"), self._go, primary=True)
        self._fill()

    def refused(self, problems: Sequence[Problem]) -> None:
        """Show what the engine has against it."""
        self._done.setEnabled(True)
        self.tell(tell_rows(self.look, self._rows, problems))

    def _ability(self, name: str) -> Select:
        texts = self.look.texts
        options = [
            (None, texts("models.nobody_knows")),
            (True, texts("models.yes")),
            (False, texts("models.no")),
        ]
        return Select(texts(f"models.{name}"), options)

    def _all_rows(self) -> dict[str, FormRow]:
        texts = self.look.texts
        fields: dict[str, QWidget] = {
            "alias": self.alias,
            "context_tokens": self.context,
            "output_tokens": self.output_tokens,
            **{f"prices.{name}": field for name, field in self.prices.items()},
            **self.abilities,
            "default_thinking": self.default_thinking,
            "modalities": self.modalities,
            "makes": self.makes,
            "parameters": self.parameters,
        }
        notes = {
            "alias": texts("models.alias.note"),
            "modalities": texts("models.modalities.note"),
            "makes": texts("models.makes.note"),
            "parameters": texts("models.parameters.note"),
        }
        return {
            name: FormRow(field.accessibleName(), field, notes.get(name, ""))
            for name, field in fields.items()
        }

    def _scrolling(self) -> QScrollArea:
        """Lay the rows out in two columns, the last one across both."""
        inside = QWidget()
        inside.setObjectName("scrolled")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        *rows, last = self._rows.values()
        for at, row in enumerate(rows):
            grid.addWidget(row, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(last, (len(rows) + 1) // 2, 0, 1, 2)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFixedHeight(_HEIGHT)
        area.setWidget(inside)
        return area

    def _fill(self) -> None:
        model, prices = self._model, self._model.prices or Prices()
        self.alias.setText(model.alias or "")
        self.context.show_number(model.context_tokens)
        self.output_tokens.show_number(model.output_tokens)
        for name, field in self.prices.items():
            field.setText(_written(getattr(prices, name)))
        for name, select in self.abilities.items():
            select.show_value(getattr(model, name))
        self.modalities.setText(", ".join(model.modalities or ()))
        self.makes.setText(", ".join(model.makes or ()))
        thinking = model.default_thinking
        self.default_thinking.show_value(thinking.mode if thinking else None)
        if model.parameters:
            self.parameters.setPlainText(json.dumps(model.parameters, ensure_ascii=False))
        self.enabled.setChecked(model.enabled)

    def _go(self) -> None:
        try:
            parameters = json.loads(self.parameters.toPlainText().strip() or "{}")
        except json.JSONDecodeError as error:
            words = self.look.texts("models.parameters.wrong", line=error.lineno, at=error.colno)
            self._rows["parameters"].tell(words)
            return
        self._done.setEnabled(False)
        self._save({**self._written_fields(), "parameters": parameters})

    def _written_fields(self) -> Body:
        before = self._model.prices
        prices: Body = before.model_dump(mode="json") if before else {}
        prices |= {name: field.text().strip() or None for name, field in self.prices.items()}
        return {
            "alias": self.alias.text().strip() or None,
            "context_tokens": self.context.number,
            "output_tokens": self.output_tokens.number,
            "prices": prices if any(value is not None for value in prices.values()) else None,
            **{name: _flag(select.value) for name, select in self.abilities.items()},
            "modalities": _listed(self.modalities.text()),
            "makes": _listed(self.makes.text()),
            "default_thinking": self._thinking(),
            "enabled": self.enabled.isChecked(),
        }

    def _thinking(self) -> Body | None:
        mode, before = self.default_thinking.value, self._model.default_thinking
        if mode is None:
            return None
        if before is not None and before.mode == mode:
            return dict(before.model_dump(mode="json"))
        return {"mode": str(mode)}


def _written(price: Decimal | None) -> str:
    return "" if price is None else f"{price.normalize():f}"


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _listed(text: str) -> list[JsonValue] | None:
    found: list[JsonValue] = [word for word in text.replace(",", " ").split() if word]
    return found or None
