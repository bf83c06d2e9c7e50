"""Some of several choices: a button that says which, with a list to tick below it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from butler.desktop.fonts import Type, font

_HEIGHT = 32
_PADDING = 30


class _Menu(QMenu):
    """Stays open while things are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # Where there is none Qt says so, though its stubs do not.
        action: QAction | None = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
            event.accept()
            return
        super().mouseReleaseEvent(event)


class ManyChoice(QPushButton):
    """`picked` carries the chosen values, in the order in which they are offered."""

    picked = Signal(list)

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[str, str]],
        nothing: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "choice")
        self.setAccessibleName(name)
        self.setFont(font(Type.BODY))
        self.setFixedHeight(_HEIGHT)
        self.setMinimumWidth(72)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name = name
        self._nothing = nothing
        self._unknown: list[str] = []
        menu = _Menu(self)
        self._actions: dict[str, QAction] = {}
        for value, words in options:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setObjectName(f"choice.{value}")
            action.triggered.connect(self._tell)
            self._actions[value] = action
        self._menu = menu
        # A menu of its own would take the text's place to the left of it.
        self.clicked.connect(self._open)
        self._write()

    @property
    def values(self) -> list[str]:
        """What is chosen; what was shown and is no choice stays."""
        return [
            *(value for value, action in self._actions.items() if action.isChecked()),
            *self._unknown,
        ]

    def show_values(self, values: Sequence[str]) -> None:
        """Tick these."""
        self._unknown = [value for value in values if value not in self._actions]
        for value, action in self._actions.items():
            action.setChecked(value in values)
        self._write()

    def _open(self) -> None:
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _tell(self) -> None:
        self._write()
        self.picked.emit(self.values)

    def _write(self) -> None:
        words = [action.text() for action in self._actions.values() if action.isChecked()]
        text = ", ".join([*words, *self._unknown]) or self._nothing
        self.setToolTip(text)
        self.setAccessibleDescription(text)
        room = max(40, self.width() - _PADDING)
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._write()
