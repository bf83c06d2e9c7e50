"""What is wrong with a text, line by line; a click leads to the place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.models.rule_set_text import Mark

_ROW = 28
_MOST_ROWS = 4
_AROUND = 12


class JsonProblems(QListWidget):
    """As tall as it has to be, up to a few rows; it hides when there is nothing to say."""

    chosen = Signal(object)
    """The mark that was clicked, or entered with Return."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = look.texts
        self.setProperty("part", "ticks")
        self.setObjectName("json.problems")
        self.setAccessibleName(look.texts("rules.json.problems"))
        self.setFont(font(Type.BODY))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.hide()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show what is wrong."""
        self.clear()
        for mark in marks:
            words = self._texts(
                "rules.json.at", line=mark.line, column=mark.column, words=mark.words
            )
            item = QListWidgetItem(words, self)
            item.setData(Qt.ItemDataRole.UserRole, mark)
            item.setToolTip(words)
        self.setFixedHeight(min(len(marks), _MOST_ROWS) * _ROW + _AROUND)
        self.setVisible(bool(marks))

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
