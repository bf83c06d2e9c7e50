"""What this machine has for a new provider: servers that run here, keys in the environment."""

import os
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from butler.contract.connections import FoundServer, PresetRow
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.label import Label


class FoundHere(QWidget):
    """Nothing is looked for before `asked`, and nothing is used before it is picked."""

    asked = Signal()
    server_picked = Signal(object)
    key_picked = Signal(object)
    """The preset whose key is to be taken from the environment."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.look_around = Button(look.texts("provider.look"))
        self.look_around.setObjectName("provider.look")
        self.look_around.clicked.connect(self._ask)
        self.said = Label(look.texts("provider.look.note"), Type.SMALL, "faint")
        self.said.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        for part in (self.look_around, self.said):
            self._column.addWidget(part)
        self.found: list[Button] = []

    def show_found(self, servers: Sequence[FoundServer], presets: Iterable[PresetRow]) -> None:
        """Offer what was found; a server that is in use already can not be picked again."""
        texts = self._look.texts
        self.clear()
        for server in servers:
            names = {"title": server.title, "address": server.base_url}
            words = texts("provider.look.server", **names, models=len(server.models))
            button = self._offer(words, f"found.{server.preset}")
            button.setEnabled(server.provider is None)
            button.clicked.connect(lambda _=False, it=server: self.server_picked.emit(it))
        for preset in keys_here(presets, os.environ):
            words = texts("provider.look.key", title=preset.title, variable=preset.key_env)
            button = self._offer(words, f"found.{preset.id}")
            button.clicked.connect(lambda _=False, it=preset: self.key_picked.emit(it))
        self.said.setText(texts("provider.look.pick" if self.found else "provider.look.nothing"))

    def clear(self) -> None:
        """Take back what was offered; another look is possible."""
        self.look_around.setEnabled(True)
        self.said.setText(self._look.texts("provider.look.note"))
        for button in self.found:
            button.hide()
            button.deleteLater()
        self.found = []

    def _ask(self) -> None:
        self.look_around.setEnabled(False)
        self.said.setText(self._look.texts("provider.looking"))
        self.asked.emit()

    def _offer(self, words: str, name: str) -> Button:
        button = Button(words)
        button.setObjectName(name)
        self._column.addWidget(button)
        self.found.append(button)
        return button


def keys_here(presets: Iterable[PresetRow], environ: Mapping[str, str]) -> list[PresetRow]:
    """Return the vendors whose key lies in the environment under its usual name."""
    return [it for it in presets if it.key_env and environ.get(it.key_env, "").strip()]
