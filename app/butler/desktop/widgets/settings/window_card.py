"""How this window looks and speaks: kept beside it, not in the engine."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.texts import LANGUAGES
from butler.desktop.autostart.chosen import autostart
from butler.desktop.autostart.way import command
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.fonts import Type
from butler.desktop.theme import Scheme
from butler.desktop.widgets.card import Card, hairline
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.segmented import Segmented
from butler.desktop.widgets.select import Select
from butler.desktop.widgets.switch import Switch

_WIDTH = 240
_SYSTEM = ""


class WindowCard(Card):
    """Changes at once what can change at once; the language comes with the next start."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        texts = desk.look.texts
        super().__init__(texts("settings.window"), parent)
        self._desk = desk
        self.theme = Segmented(
            texts("window.theme"), [(each, texts(f"window.theme.{each}")) for each in Scheme]
        )
        self.theme.show_value(desk.preferences.scheme)
        self.theme.picked.connect(self._use)
        languages = [(_SYSTEM, texts("window.language.system"))]
        languages += [(each, texts(f"window.language.{each}")) for each in LANGUAGES]
        self.language = Select(texts("window.language"), languages)
        self.language.setFixedWidth(_WIDTH)
        self.language.show_value(desk.preferences.language or _SYSTEM)
        self.language.picked.connect(self._speak)
        self._autostart = autostart()
        self.login = Switch(desk.look, texts("window.login"))
        self.login.setObjectName("window.login")
        self.login.show_state(self._autostart.is_on())
        self.login.asked.connect(self._start_at_login)
        self._add(texts("window.login"), texts("window.login.note"), self.login)
        self._add(texts("window.theme"), "", self.theme)
        self._add(texts("window.language"), texts("window.language.note"), self.language)

    def _add(self, title: str, note: str, editor: QWidget) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(title))
        if note:
            words.addWidget(Label(note, Type.SMALL, "secondary"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.addLayout(words, 1)
        row.addWidget(editor, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(hairline())
        self.body.addLayout(row)

    def _use(self, scheme: Scheme) -> None:
        self._desk.preferences.scheme = scheme
        self._desk.look.theme.use(scheme)

    def _speak(self, language: str) -> None:
        self._desk.preferences.language = language or None

    def _start_at_login(self, on: bool) -> None:
        async def work(_: EngineClient) -> None:
            try:
                if on:
                    await asyncio.to_thread(self._autostart.turn_on, command())
                else:
                    await asyncio.to_thread(self._autostart.turn_off)
            except OSError as error:
                why = error.strerror or str(error)
                self._desk.actions.failed.emit(self._desk.look.texts("export.failed", why=why))
            self.login.show_state(await asyncio.to_thread(self._autostart.is_on))

        self._desk.engine.run("start at login", work)
