"""A question whose answers are put in order: each has its place, and buttons to move it."""

from pydantic import JsonValue
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.wizard import Question
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.label import ElidedLabel, Label

_BUTTON_WIDTH = 36
_MOVES = (("up", "↑", -1), ("down", "↓", 1))


class OrderView(QWidget):
    """`changed` whenever something has moved."""

    changed = Signal()

    def __init__(self, look: Look, question: Question) -> None:
        super().__init__()
        self._look = look
        self._field = question.field
        self.setObjectName(f"wizard.{question.field}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._order = list(question.default)
        self._places = {value: Label("", Type.BODY_STRONG, "secondary") for value in self._order}
        self._buttons: dict[tuple[str, str], Button] = {}
        self._rows = {value: self._row(value) for value in self._order}
        for row in self._rows.values():
            self._column.addWidget(row)
        self._draw()

    @property
    def answer(self) -> list[str]:
        """The values, the first one first."""
        return list(self._order)

    @property
    def offered(self) -> list[str]:
        """All values, which are all chosen."""
        return self.answer

    @property
    def value(self) -> JsonValue:
        """The answer as the engine takes it."""
        return [*self._order]

    def _row(self, value: str) -> QFrame:
        texts = self._look.texts
        name = texts.named(f"wizard.{self._field}", value)
        row = QFrame()
        row.setProperty("part", "field")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(name, Type.CONTROL))
        detail = texts.named(f"wizard.{self._field}", f"{value}.text", "")
        words.addWidget(ElidedLabel(detail, Type.SMALL, "secondary"))
        line = QHBoxLayout(row)
        line.setContentsMargins(14, 8, 10, 8)
        line.setSpacing(8)
        self._places[value].setFixedWidth(20)
        line.addWidget(self._places[value])
        line.addLayout(words, 1)
        for move, sign, by in _MOVES:
            button = Button(sign)
            button.setObjectName(f"wizard.{self._field}.{value}.{move}")
            button.setAccessibleName(texts(f"wizard.{move}", name=name))
            button.setToolTip(button.accessibleName())
            button.setFixedWidth(_BUTTON_WIDTH)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, value=value, by=by: self._move(value, by))
            self._buttons[value, move] = button
            line.addWidget(button)
        return row

    def _move(self, value: str, by: int) -> None:
        at = self._order.index(value)
        self._order.insert(at + by, self._order.pop(at))
        self._column.removeWidget(self._rows[value])
        self._column.insertWidget(at + by, self._rows[value])
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        last = len(self._order) - 1
        for at, value in enumerate(self._order):
            self._places[value].setText(str(at + 1))
            for move, usable in (("up", at > 0), ("down", at < last)):
                button, other = self._buttons[value, move], "down" if move == "up" else "up"
                if not usable and button.hasFocus():
                    # The ring of the keyboard stays where it can act.
                    self._buttons[value, other].setEnabled(True)
                    self._buttons[value, other].setFocus(Qt.FocusReason.OtherFocusReason)
                button.setEnabled(usable)
