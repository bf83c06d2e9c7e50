"""The models that a provider lists: found by a search, ticked one by one or all that are seen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from butler.contract.connections import FoundModel
from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.widgets.field import SearchField
from butler.desktop.widgets.label import Label

_MODEL = Qt.ItemDataRole.UserRole
_HEIGHT = 156


class ModelPicker(QWidget):
    """`changed` when others are ticked; those in use already stay ticked."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._search = SearchField(look, look.texts("models.search"))
        self._search.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setProperty("part", "ticks")
        self.list.setAccessibleName(look.texts("models.title"))
        self.list.setFont(font(Type.BODY))
        self.list.setFixedHeight(_HEIGHT)
        self.list.setUniformItemSizes(True)
        self.list.itemChanged.connect(lambda _: self._count())
        self._note = Label("", Type.SMALL, "faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._search, self.list, self._note):
            column.addWidget(part)

    def show_models(self, models: Sequence[FoundModel]) -> None:
        """Show what a provider lists; models that hold no conversation stand at the end."""
        self.list.blockSignals(True)
        self.list.clear()
        for model in sorted(models, key=lambda each: (not each.chat, each.name)):
            item = QListWidgetItem(self._words(model))
            item.setData(_MODEL, model)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = Qt.CheckState.Checked if model.configured else Qt.CheckState.Unchecked
            item.setCheckState(on)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._count()

    @property
    def picked(self) -> list[FoundModel]:
        """The models that are ticked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(_MODEL) for item in items if item.checkState() is Qt.CheckState.Checked]

    def tick(self, name: str) -> None:
        """Tick the model of this name."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_MODEL).name == name:
                self.list.item(row).setCheckState(Qt.CheckState.Checked)

    def _words(self, model: FoundModel) -> str:
        facts = []
        if model.context_tokens:
            facts.append(self._look.texts("models.context", tokens=f"{model.context_tokens:,}"))
        prices = model.prices
        if prices and prices.input_usd is not None and prices.output_usd is not None:
            facts.append(
                self._look.texts(
                    "models.price",
                    input=f"{prices.input_usd.normalize():f}",
                    output=f"{prices.output_usd.normalize():f}",
                )
            )
        return "   ".join([model.name, *facts])

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(wanted not in item.text().casefold())

    def _count(self) -> None:
        self._note.setText(
            self._look.texts("models.picked", number=len(self.picked), all=self.list.count())
        )
        self.changed.emit()
