"""A labelled row of a form: what is asked, the field, a note, and what is wrong with it."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from butler.contract.problems import Problem
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.field import mark_wrong
from butler.desktop.widgets.label import Label


class FormRow(QWidget):
    """The label stands above; below, the note gives way to what is wrong."""

    def __init__(
        self, title: str, field: QWidget, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._note = note
        label = Label(title, Type.SMALL, "secondary")
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(title)
        self._below = Label(note, Type.SMALL, "faint")
        self._below.setWordWrap(True)
        self._below.setVisible(bool(note))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(field)
        column.addWidget(self._below)

    def tell(self, wrong: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        self._below.set_tone("bad" if wrong else "faint")
        self._below.setText(wrong or self._note)
        self._below.setVisible(bool(wrong or self._note))
        self.field.setAccessibleDescription(wrong or self._note)
        mark_wrong(self.field, bool(wrong))


def tell_rows(look: Look, rows: Mapping[str, FormRow], problems: Sequence[Problem]) -> str:
    """Show each problem at the row of its field; return those of no row, in words."""
    for row in rows.values():
        row.tell("")
    elsewhere = []
    for problem in problems:
        words = _words(look, problem)
        row_or_none = rows.get(problem.field or "")
        if row_or_none is None:
            elsewhere.append(words)
        else:
            row_or_none.tell(words)
    return " ".join(elsewhere)


def _words(look: Look, problem: Problem) -> str:
    return " ".join(part for part in (look.texts.problem(problem), problem.hint) if part)
