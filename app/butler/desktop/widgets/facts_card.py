"""A card of facts: a name on the left, its value on the right, a remark below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.widgets.card import Card, hairline
from butler.desktop.widgets.label import ElidedLabel, Label


class FactsCard(Card):
    """Shows nothing but its title until it is given facts."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.body.setSpacing(4)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._scroll, 1)
        self._note = Label("", Type.SMALL, "secondary")
        self._note.setWordWrap(True)
        self.body.addWidget(self._note)

    def show_facts(self, facts: Sequence[tuple[str, str]], note: str = "") -> None:
        """Show these names and values in order."""
        rows = QWidget()
        rows.setObjectName("scrolled")
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        for name, value in facts:
            column.addWidget(_fact(name, value))
            column.addWidget(hairline())
        column.addStretch(1)
        self._scroll.setWidget(rows)
        self._note.setText(note)


def _fact(name: str, value: str) -> QWidget:
    fact = QWidget()
    row = QHBoxLayout(fact)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(12)
    row.addWidget(Label(name, tone="secondary"))
    shown = ElidedLabel(value)
    shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    shown.setToolTip("")
    row.addWidget(shown, 1)
    fact.setAccessibleName(f"{name}: {value}")
    return fact
