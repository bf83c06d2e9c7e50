"""What the caches hold, and the button that throws it away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.contract.caches import CacheState
from butler.desktop.formats import number
from butler.desktop.look import Look
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.label import Label

_MB = 1024 * 1024


class CacheLine(QWidget):
    """`clear_asked` when all kept answers are to go."""

    clear_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._words = Label("", tone="secondary")
        self._words.setWordWrap(True)
        self._clear = Button(look.texts("cache.clear"))
        self._clear.setObjectName("cache.clear")
        self._clear.clicked.connect(self.clear_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._clear)

    def show_state(self, state: CacheState) -> None:
        """Show the figures."""
        exact = state.exact
        self._words.setText(
            self._look.texts(
                "cache.state",
                exact=number(exact.entries),
                megabytes=f"{exact.bytes / _MB:,.1f}",
                most=f"{exact.most_bytes / _MB:,.0f}",
                semantic=number(state.semantic.entries),
                hits=number(exact.hits),
                misses=number(exact.misses),
            )
        )
        self._clear.setEnabled(exact.entries + state.semantic.entries > 0)
