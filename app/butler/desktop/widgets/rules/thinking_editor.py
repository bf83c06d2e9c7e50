"""How a rule wants its model to think: as the request says, or always, or never."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.field import NumberField
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.segmented import Segmented

_AS_ASKED = "as_asked"
_BUDGET_WIDTH = 120


class ThinkingEditor(QWidget):
    """`value` is what the API takes."""

    edited = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        texts = look.texts
        words = [
            (mode, texts(f"rule.thinking.{mode}"))
            for mode in (_AS_ASKED, "auto", "enabled", "disabled")
        ]
        self._as_given: dict[str, object] | None = None
        self.mode = Segmented(texts("rule.thinking"), words)
        self.mode.setObjectName("rule.thinking")
        self.mode.picked.connect(lambda _: self._touched())
        self.budget = NumberField(texts("rule.thinking.budget"), texts("rule.thinking.budget"))
        self.budget.setObjectName("rule.thinking.budget")
        self.budget.setFixedWidth(_BUDGET_WIDTH)
        self.budget.textEdited.connect(lambda _: self._touched())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(texts("rule.thinking"), Type.SMALL, "secondary"))
        row.addWidget(self.mode)
        row.addWidget(self.budget)
        row.addStretch(1)

    @property
    def value(self) -> dict[str, object] | None:
        """How to think; None leaves it to the request."""
        return self._as_given

    def show_value(self, value: dict[str, object] | None) -> None:
        """Show how it is to think."""
        self._as_given = value
        self.mode.show_value(value["mode"] if value else _AS_ASKED)
        budget = value.get("budget_tokens") if value else None
        self.budget.show_number(budget if isinstance(budget, int) else None)
        self._draw()

    def _draw(self) -> None:
        self.budget.setVisible(self.mode.value == "enabled")

    def _touched(self) -> None:
        mode = self.mode.value
        if mode == _AS_ASKED:
            self._as_given = None
        else:
            budget = self.budget.number if mode == "enabled" else None
            self._as_given = {"mode": mode, "budget_tokens": budget}
        self._draw()
        self.edited.emit()
