"""Adds a provider: a vendor is picked, its key is tried with a real call, models are ticked."""

import asyncio
import os
from collections.abc import Callable, Sequence

from pydantic import JsonValue
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.contract.connections import ConnectionTest, FoundModel, FoundServer, PresetRow
from butler.contract.problems import Problem
from butler.contract.resources import Provider
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient, Refused
from butler.desktop.models.found_models import as_stored
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.field import SecretField, TextField
from butler.desktop.widgets.form import FormRow, tell_rows
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.monogram import monogram
from butler.desktop.widgets.providers.found_here import FoundHere
from butler.desktop.widgets.providers.model_picker import ModelPicker
from butler.desktop.widgets.select import Select

_WIDTH = 560
_TEST_S = 60.0
_ADD, _ADD_ANYWAY = "provider.add.do", "provider.add.anyway"


class AddProviderDialog(Dialog):
    """Stores nothing before the last button; what was asked meanwhile ends with the dialog."""

    def __init__(self, desk: Desk, presets: Sequence[PresetRow], parent: QWidget) -> None:
        texts = desk.look.texts
        super().__init__(desk.look, texts("provider.add"), parent, _WIDTH)
        self._desk = desk
        self._presets = {preset.id: preset for preset in presets}
        self._running: asyncio.Task[None] | None = None
        self._tried: dict[str, JsonValue] | None = None
        """What was tried last; it is not tried again, whatever came of it."""
        vendors = [(preset.id, preset.title) for preset in presets]
        self.preset = Select(texts("provider.vendor"), vendors)
        self.preset.setObjectName("provider.preset")
        self.preset.setIconSize(QSize(20, 20))
        for at, preset in enumerate(presets):
            self.preset.setItemIcon(at, monogram(preset.title, desk.look.tokens))
        self.name = TextField(texts("provider.name"))
        self.address = TextField(texts("provider.address"), code=True)
        self.key = SecretField(desk.look, texts("provider.key"))
        self.model = TextField(texts("provider.model"), texts("provider.model.example"))
        self.rows = {
            "preset": FormRow(texts("provider.vendor"), self.preset),
            "name": FormRow(texts("provider.name"), self.name, texts("provider.name.note")),
            "base_url": FormRow(texts("provider.address"), self.address),
            "api_key": FormRow(texts("provider.key"), self.key, texts("provider.key.note")),
            "model": FormRow(texts("provider.model"), self.model, texts("provider.model.note")),
        }
        self.here = FoundHere(desk.look)
        self.here.asked.connect(self._look_around)
        self.here.server_picked.connect(self.take_server)
        self.here.key_picked.connect(self.take_key)
        self.body.addWidget(self.here)
        for row in self.rows.values():
            self.body.addWidget(row)
        self.test = Button(texts("provider.test"))
        self.test.setObjectName("provider.test")
        self.test.clicked.connect(lambda: self._try())
        self.said = Label("", tone="secondary")
        self.said.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(self.test)
        line.addWidget(self.said, 1)
        self.body.addLayout(line)
        self.picker = ModelPicker(desk.look)
        self.picker.hide()
        self.body.addWidget(self.picker)
        self.add_button("provider.cancel", texts("dialog.cancel"), self.reject)
        self._add = self.add_button("provider.save", texts(_ADD), self._ask_save, primary=True)
        self.preset.picked.connect(lambda _: self._show_preset())
        self.finished.connect(lambda _: self._stop())
        self._show_preset()

    def _show_preset(self) -> None:
        preset = self._presets[str(self.preset.value)]
        self.name.setText(preset.id)
        self.address.setText(preset.base_url or "")
        self.address.setPlaceholderText(preset.example_url or "")
        self.rows["api_key"].setVisible(preset.needs_key)
        self._show_picker(False)
        self.said.setText("")
        self.key.setFocus() if preset.needs_key else self.test.setFocus()

    def _show_picker(self, on: bool) -> None:
        """Show the models that are listed in place of what is not asked any more then."""
        for part in (self.here, self.rows["model"]):
            part.setVisible(not on)
        self.picker.setVisible(on)

    def _look_around(self) -> None:
        async def work(client: EngineClient) -> None:
            found = await client.asked("POST", "providers:discover", FoundServer)
            self.here.show_found(found, self._presets.values())

        def refused(problems: Sequence[Problem]) -> None:
            self.here.clear()
            self._refused(problems)

        self._stop()
        self._running = self._desk.engine.run("look around", work, refused=refused)

    def take_server(self, server: FoundServer) -> None:
        """Fill in a server of this machine, and try it."""
        self.preset.show_value(server.preset)
        self._show_preset()
        self.address.setText(server.base_url)
        self.here.clear()
        self._try()

    def take_key(self, preset: PresetRow) -> None:
        """Fill in a vendor whose key lies in the environment."""
        self.preset.show_value(preset.id)
        self._show_preset()
        self.key.setText(os.environ.get(preset.key_env or "", "").strip())
        self.here.clear()
        self.test.setFocus()

    def _draft(self) -> dict[str, JsonValue]:
        draft: dict[str, JsonValue] = {"preset": str(self.preset.value)}
        if self.address.text().strip():
            draft["base_url"] = self.address.text().strip()
        if self.key.text().strip():
            draft["api_key"] = self.key.text().strip()
        return draft

    def _try(self, then: Callable[[], None] | None = None) -> None:
        """Try what was filled in with a real call; `then` follows where it works."""

        async def work(client: EngineClient) -> None:
            try:
                draft = self._draft()
                body = dict(draft)
                if self.model.text().strip():
                    body["model"] = self.model.text().strip()
                found = await client.ask("POST", "providers:test", ConnectionTest, body, _TEST_S)
                self._tell(found)
                self._tried = draft
                self._add.setText(self.look.texts(_ADD if found.ok else _ADD_ANYWAY))
                if found.ok and found.listed is not None and then is None:
                    await self._list(client)
            finally:
                self.test.setEnabled(True)
                self._add.setEnabled(True)
            if found.ok and then is not None:
                then()

        self._stop()
        self._add.setEnabled(False)
        tell_rows(self.look, self.rows, ())
        self.test.setEnabled(False)
        self.said.set_tone("secondary")
        self.said.setText(self.look.texts("provider.testing"))
        self._running = self._desk.engine.run("test provider", work, refused=self._refused)

    async def _list(self, client: EngineClient) -> None:
        found = await client.asked("POST", "providers:models", FoundModel, self._draft(), _TEST_S)
        self.picker.show_models(found)
        self._show_picker(True)

    def _tell(self, found: ConnectionTest) -> None:
        rest = tell_rows(self.look, self.rows, found.problems)
        self.said.set_tone("good" if found.ok else "bad")
        self.said.setText(found.detail if found.ok else rest or found.detail)

    def _ask_save(self) -> None:
        """Save what was tried; what was not is tried first, and saved if it works."""
        if self._draft() == self._tried:
            self._save()
        else:
            self._try(then=self._save)

    def _save(self) -> None:
        async def work(client: EngineClient) -> None:
            try:
                await client.ask("POST", "providers", Provider, body, _TEST_S)
            except Refused:
                self._add.setEnabled(True)
                raise
            self.accept()

        body = {**self._draft(), "name": self.name.text().strip()}
        models = as_stored(self.picker.picked)
        if not models and self.model.text().strip():
            models = [{"name": self.model.text().strip()}]
        if models:
            body["models"] = models
        self._add.setEnabled(False)
        self._desk.engine.run("add provider", work, refused=self._refused)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self._add.setEnabled(True)
        self.said.set_tone("bad")
        self.said.setText(tell_rows(self.look, self.rows, problems))

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None
