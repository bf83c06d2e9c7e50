"""The sidebar: the product's mark, the pages, and the routing card at the foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.state import DesktopState
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.routing_card import RoutingCard
from butler.desktop.widgets.sidebar_entry import SidebarEntry

_WIDE, _NARROW = 208, 64


@dataclass(frozen=True, slots=True)
class Destination:
    """A page as the sidebar names it: its object name, icon and title."""

    name: str
    icon: str
    title: str


class Sidebar(QFrame):
    """`chosen` carries the object name of the page that was asked for."""

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        state: DesktopState,
        destinations: Sequence[Destination],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "sidebar")
        self.routing = RoutingCard(look, state)
        self._name = Label(look.texts("app.short"), Type.BODY_STRONG)
        self._entries = {each.name: self._entry(look, each) for each in destinations}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 20, 12, 16)
        column.setSpacing(2)
        column.addLayout(self._mark(look))
        column.addSpacing(18)
        for entry in self._entries.values():
            column.addWidget(entry)
        column.addStretch(1)
        column.addWidget(self.routing)
        self.collapse(False)

    def mark(self, name: str) -> None:
        """Show which page is open."""
        self._entries[name].setChecked(True)

    def collapse(self, collapsed: bool) -> None:
        """Shrink to icons where the window is narrow."""
        self.setFixedWidth(_NARROW if collapsed else _WIDE)
        self._name.setHidden(collapsed)
        for entry in self._entries.values():
            entry.collapse(collapsed)
        self.routing.collapse(collapsed)

    def _mark(self, look: Look) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(look.icons.pixmap("butler", "", 24))
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(picture)
        row.addWidget(self._name, 1)
        row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        return row

    def _entry(self, look: Look, destination: Destination) -> SidebarEntry:
        entry = SidebarEntry(look, destination.icon, destination.title)
        entry.setObjectName(f"go.{destination.name}")
        entry.clicked.connect(lambda: self.chosen.emit(destination.name))
        return entry
