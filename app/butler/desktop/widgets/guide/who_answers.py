"""The first step: keys and servers of this machine, or a provider by hand, or the demo."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from butler.contract.connections import FoundServer, PresetRow
from butler.contract.resources import Provider
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.guide.step import Step
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.providers.add_dialog import AddProviderDialog
from butler.desktop.widgets.providers.found_here import FoundHere


class WhoAnswers(Step):
    """What is found is offered; the provider's dialog tries it before anything is stored."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "answers")
        self._providers: list[Provider] = []
        self._presets: list[PresetRow] = []
        self.here = FoundHere(desk.look)
        self.here.asked.connect(self._look_around)
        self.here.server_picked.connect(
            lambda server: self._add(lambda dialog: dialog.take_server(server))
        )
        self.here.key_picked.connect(
            lambda preset: self._add(lambda dialog: dialog.take_key(preset))
        )
        self._by_hand = Button(self.texts("guide.answers.add"))
        self._by_hand.setObjectName("guide.add")
        self._by_hand.clicked.connect(lambda: self._add(lambda _: None))
        self._now = Label("")
        self._now.setWordWrap(True)
        self.column.addWidget(self.here)
        self.column.addWidget(self._by_hand, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._now)
        self.column.addStretch(1)
        desk.state.config_changed.connect(self._follow)

    @property
    def done(self) -> bool:
        return any(not each.built_in for each in self._providers)

    def opened(self) -> None:
        self.run("providers", self._read)

    def _follow(self, resources: list[str]) -> None:
        if "providers" in resources:
            self.opened()

    async def _read(self, client: EngineClient) -> None:
        self._providers = await client.listed("providers", Provider)
        names = ", ".join(each.name for each in self._providers if not each.built_in)
        self._now.setText(
            self.texts("guide.answers.now", names=names)
            if names
            else self.texts("guide.answers.demo")
        )
        self._now.set_tone("good" if names else "secondary")
        self.changed.emit()

    def _look_around(self) -> None:
        async def work(client: EngineClient) -> None:
            self._presets = await client.listed("presets", PresetRow)
            servers = await client.asked("POST", "providers:discover", FoundServer)
            self.here.show_found(servers, self._presets)

        self.run("look around", work, refused=lambda _: self.here.clear())

    def _add(self, fill: Callable[[AddProviderDialog], None]) -> None:
        async def work(client: EngineClient) -> None:
            presets = await client.listed("presets", PresetRow)
            dialog = AddProviderDialog(self.desk, presets, self.window())
            dialog.finished.connect(lambda _: self.here.clear())
            dialog.open()
            fill(dialog)

        self.run("presets", work)
