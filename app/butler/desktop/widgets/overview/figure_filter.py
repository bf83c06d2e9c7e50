"""Which calls the figures are about: those of a token, of a kind of input, with thinking."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.contract.statistics import Group
from butler.desktop.look import Look
from butler.desktop.models.trend import group_name
from butler.desktop.widgets.select import Select

DIMENSIONS = ("token", "modality", "thinking")
_WIDTH = 124


class FigureFilter(QWidget):
    """Offers what occurs, where there is a choice; `changed` tells that others are wanted."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._selects: dict[str, Select] = {}
        for dimension in DIMENSIONS:
            every = look.texts(f"figures.every.{dimension}")
            select = Select(look.texts(f"group.{dimension}"), [(None, every)])
            select.setObjectName(f"figures.{dimension}")
            select.setFixedWidth(_WIDTH)
            select.picked.connect(self.changed)
            select.hide()
            self._selects[dimension] = select
            row.addWidget(select)
        self.hide()

    @property
    def query(self) -> Mapping[str, str]:
        """The filters as the engine takes them."""
        chosen = {name: select.value for name, select in self._selects.items()}
        return {name: str(value) for name, value in chosen.items() if value is not None}

    def offer(self, dimension: str, groups: Sequence[Group]) -> None:
        """Offer the groups that occur; one that is chosen stays though it occurs no more."""
        select = self._selects[dimension]
        options: dict[object, str] = {None: self._look.texts(f"figures.every.{dimension}")}
        for group in groups:
            if group.key is not None:
                options[group.key] = group_name(group.key, group.label, dimension, self._look)
        if select.value not in options:
            options[select.value] = select.currentText()
        select.offer(list(options.items()))
        select.setVisible(len(options) > 2 or select.value is not None)
        self.setVisible(any(not each.isHidden() for each in self._selects.values()))
