"""The filter of the request log: since when, who decided, answered and asked, how it ended."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.contract.statistics import Group
from butler.desktop.layers import LAYERS
from butler.desktop.look import Look
from butler.desktop.models.trend import group_name
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.field import SearchField
from butler.desktop.widgets.select import Select

DIMENSIONS = ("model", "token", "rule", "client")
"""What is offered as far as it occurs."""
TIMES = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}
STATUSES = ("ok", "error", "cancelled")
HOWS = {
    "streamed": {"streaming": "true"},
    "whole": {"streaming": "false"},
    "cached": {"cached": "true"},
    "asked": {"cached": "false"},
}
"""How an answer came, as the log is asked for it."""
_ALL = ""
_LEAST = 84
_PAUSE_MS = 250
"""Somebody who types is asked for no page after every letter."""

Query = dict[str, str]


class LogFilter(QWidget):
    """`changed` when other calls are wanted; `text` is placed by who shows the filter."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        texts = look.texts
        self._since: str | None = None
        self.text = SearchField(look, texts("filter.text"))
        self.time = self._select("time", [(name, texts(f"filter.time.{name}")) for name in TIMES])
        self.layer = self._select("layers", [(name, texts(f"layer.{name}")) for name in LAYERS])
        self.groups = {name: self._select(name, []) for name in DIMENSIONS}
        statuses = [(name, texts(f"filter.status.{name}")) for name in STATUSES]
        self.status = self._select("statuses", statuses)
        self.how = self._select("how", [(name, texts(f"filter.how.{name}")) for name in HOWS])
        self.clear = QuietButton(texts("filter.clear"))
        self.clear.setObjectName("filter.clear")
        self.clear.clicked.connect(self._clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for select in self._selects:
            row.addWidget(select, 1)
        row.addWidget(self.clear)
        self.clear.hide()
        self._settled = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._settled.timeout.connect(self._tell)
        self.text.textChanged.connect(lambda _: self._settled.start())

    @property
    def query(self) -> Query:
        """What is asked of the log, by the names of its query; empty for all."""
        said = {
            "text": self.text.text().strip(),
            "from_": self._since or "",
            "layer": str(self.layer.value),
            "status": str(self.status.value),
            **{name: str(select.value) for name, select in self.groups.items()},
        }
        how = HOWS.get(str(self.how.value), {})
        return {name: value for name, value in said.items() if value} | how

    def renew(self) -> None:
        """Let the last hour, or day, be the one that ends now."""
        stretch = TIMES.get(str(self.time.value))
        since = datetime.now(UTC) - stretch if stretch else None
        self._since = since.isoformat(timespec="seconds") if since else None

    def offer(self, dimension: str, groups: Sequence[Group]) -> None:
        """Offer what occurs in the log; what is chosen stays, though it occurs no more."""
        select = self.groups[dimension]
        options: dict[object, str] = {_ALL: self._look.texts(f"filter.{dimension}")}
        for group in groups:
            if group.key:
                options[group.key] = group_name(group.key, group.label, dimension, self._look)
        if select.value not in options:
            options[select.value] = select.currentText()
        select.offer(list(options.items()))

    @property
    def _selects(self) -> tuple[Select, ...]:
        return (self.time, self.layer, *self.groups.values(), self.status, self.how)

    def _select(self, name: str, options: Sequence[tuple[object, str]]) -> Select:
        every = self._look.texts(f"filter.{name}")
        select = Select(every, [(_ALL, every), *options])
        select.setObjectName(f"filter.{name}")
        select.setMinimumWidth(_LEAST)
        select.picked.connect(lambda _: self._tell())
        return select

    def _tell(self) -> None:
        self.renew()
        self.clear.setVisible(bool(self.query))
        self.changed.emit()

    def _clear(self) -> None:
        for select in self._selects:
            select.show_value(_ALL)
        self.text.clear()
        self._settled.stop()
        self._tell()
