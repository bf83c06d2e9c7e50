"""The filter of the request log: some text, who decided, how it ended."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.desktop.layers import LAYERS
from butler.desktop.look import Look
from butler.desktop.widgets.field import SearchField
from butler.desktop.widgets.select import Select

_ALL = ""
_STATUSES = ("ok", "error", "cancelled")
_PAUSE_MS = 250
"""Somebody who types is asked for no page after every letter."""


class LogFilter(QWidget):
    """`changed` when other calls are wanted."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        texts = look.texts
        layers = [
            (_ALL, texts("filter.layers")),
            *((name, texts(f"layer.{name}")) for name in LAYERS),
        ]
        statuses = [(_ALL, texts("filter.statuses"))]
        statuses += [(name, texts(f"filter.status.{name}")) for name in _STATUSES]
        self.text = SearchField(look, texts("filter.text"))
        self.layer = Select(texts("filter.layers"), layers)
        self.status = Select(texts("filter.statuses"), statuses)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.text.setMinimumWidth(200)
        for part in (self.text, self.layer, self.status):
            row.addWidget(part)
        self._settled = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._settled.timeout.connect(self.changed)
        self.text.textChanged.connect(lambda _: self._settled.start())
        for select in (self.layer, self.status):
            select.picked.connect(lambda _: self.changed.emit())

    @property
    def query(self) -> dict[str, str]:
        """What is asked of the log, by the names of its query; empty for all."""
        said = {
            "text": self.text.text().strip(),
            "layer": str(self.layer.value),
            "status": str(self.status.value),
        }
        return {name: value for name, value in said.items() if value}
