"""One step of the guide."""

import asyncio

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from butler.desktop.desk import Desk
from butler.desktop.engine import Told, Work
from butler.desktop.fonts import Type
from butler.desktop.widgets.label import Label


class Step(QWidget):
    """Put parts into `column`; `done` says whether what it is about is so by now."""

    changed = Signal()
    """`done` may be another now."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.setObjectName(f"guide.{name}")
        self.name = name
        self.desk = desk
        self._running: set[asyncio.Task[None]] = set()
        self.texts = texts = desk.look.texts
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        words = Label(texts(f"guide.{name}.text"), Type.BODY, "secondary")
        words.setWordWrap(True)
        self.column.addWidget(words)

    @property
    def done(self) -> bool:
        """Whether there is nothing left to do here."""
        raise NotImplementedError

    def opened(self) -> None:
        """Called whenever the step comes into view."""

    def run(self, name: str, work: Work, refused: Told | None = None) -> None:
        """Have the engine asked for as long as the guide is there."""
        task = self.desk.engine.run(name, work, refused)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def stop(self) -> None:
        """Nobody waits for an answer any more."""
        for task in tuple(self._running):
            task.cancel()
