"""The providers and their models: added, tried, changed and removed here."""

from collections.abc import Callable, Sequence

from pydantic import JsonValue
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.contract.connections import ConnectionTest, FoundModel, PresetRow
from butler.contract.health import Health
from butler.contract.problems import Problem
from butler.contract.resources import (
    Model,
    Provider,
    ProviderKey,
)
from butler.desktop.dependants import dependants
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient, part
from butler.desktop.models.cells import Cell, Side
from butler.desktop.models.found_models import as_stored
from butler.desktop.models.rows import Heading, RowsModel
from butler.desktop.pages.page import Page
from butler.desktop.widgets.badge import BadgeText
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.dialog import confirm
from butler.desktop.widgets.monogram import initials
from butler.desktop.widgets.providers.add_dialog import AddProviderDialog
from butler.desktop.widgets.providers.model_dialog import ModelDialog
from butler.desktop.widgets.providers.provider_card import ProviderCard
from butler.desktop.widgets.providers.small_dialogs import (
    Body,
    KeyDialog,
    KeyShown,
    ModelsDialog,
    RenameDialog,
)
from butler.desktop.widgets.table import Table

_LIST_WIDTH = 300
_TEST_S = 60.0


class ProvidersPage(Page):
    """Reads the providers whenever it is opened, and when they have changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("providers", desk.look.texts("page.providers"))
        self._desk = desk
        self._texts = texts = desk.look.texts
        self._model = RowsModel[Provider](
            desk.look, self._headings(), lambda provider: provider.id, self
        )
        self._table = Table(desk.look, self._model, self._model.widths, texts("page.providers"))
        self.card = ProviderCard(desk.look)
        self._table.picked.connect(lambda provider: self.card.show_provider(provider))
        self.card.asked.connect(self._do)
        self.card.enabled_asked.connect(self._enable)
        self.card.reset_asked.connect(self._reset)
        self.card.model_asked.connect(self._edit_model)
        add = Button(texts("provider.add"), primary=True)
        add.setObjectName("providers.add")
        add.clicked.connect(self._add)
        self.head.addWidget(add)
        left = Card()
        left.setFixedWidth(_LIST_WIDTH)
        left.body.setContentsMargins(6, 2, 6, 6)
        left.body.addWidget(self._table)
        panes = QWidget()
        row = QHBoxLayout(panes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(left)
        row.addWidget(self.card, 1)
        self.column.addWidget(panes, 1)
        desk.state.config_changed.connect(self._follow)

    def opened(self) -> None:
        self._desk.engine.run("providers", self._read)

    def _headings(self) -> list[Heading[Provider]]:
        texts = self._texts

        def models(provider: Provider) -> Cell:
            return Cell(str(len(provider.models)), "secondary")

        def state(provider: Provider) -> Cell:
            tokens = self._desk.look.tokens
            if provider.built_in:
                return Cell("", badge=BadgeText(texts("provider.demo"), tokens.secondary))
            if not provider.enabled:
                return Cell("", badge=BadgeText(texts("health.off"), tokens.faint))
            return Cell("", badge=BadgeText(texts("provider.on"), tokens.good))

        def letters(provider: Provider) -> Cell:
            words = BadgeText(initials(provider.name), self._desk.look.tokens.accent)
            return Cell("", badge=words, tooltip=provider.title)

        return [
            Heading[Provider]("", letters, 56),
            Heading[Provider](
                texts("provider.name"), lambda each: Cell(each.name, tooltip=each.title), 0
            ),
            Heading[Provider](texts("models.title"), models, 72, Side.RIGHT),
            Heading[Provider](texts("models.state"), state, 80, Side.CENTRE),
        ]

    def _follow(self, resources: list[str]) -> None:
        if "providers" in resources and self.isVisible():
            self.opened()

    async def _read(self, client: EngineClient) -> None:
        found = await client.listed("providers", Provider)
        health = await client.read("health", Health)
        self._model.show_rows(found)
        if found and not self._table.currentIndex().isValid():
            self._table.select_row(0)
        current = self._table.currentIndex().row()
        targets = {each.target: each for each in health.targets}
        self.card.show_provider(found[current] if found else None, targets)

    def _add(self) -> None:
        async def work(client: EngineClient) -> None:
            presets = await client.listed("presets", PresetRow)
            AddProviderDialog(self._desk, presets, self.window()).open()

        self._desk.engine.run("presets", work)

    def _do(self, what: str, provider: Provider) -> None:
        steps: dict[str, Callable[[Provider], object]] = {
            "test": self._test,
            "models": self._pick_models,
            "key": self._new_key,
            "reveal": self._ask_reveal,
            "rename": self._rename,
            "remove": self._ask_remove,
        }
        steps[what](provider)

    def _test(self, provider: Provider) -> None:
        async def work(client: EngineClient) -> None:
            path = f"providers/{part(provider.id)}:test?call=true"
            found = await client.ask("POST", path, ConnectionTest, timeout_s=_TEST_S)
            self.card.tell(found.detail, "good" if found.ok else "bad")

        self.card.tell(self._texts("provider.testing"), "secondary")
        self._desk.engine.run("test provider", work, refused=self._tell)

    def _pick_models(self, provider: Provider) -> None:
        async def work(client: EngineClient) -> None:
            path = f"providers/{part(provider.id)}:models"
            found = await client.asked("POST", path, FoundModel, timeout_s=_TEST_S)
            self.card.tell("", "secondary")
            self._open_models(provider, found)

        self.card.tell(self._texts("provider.listing"), "secondary")
        self._desk.engine.run("list models", work, refused=self._tell)

    def _open_models(self, provider: Provider, found: Sequence[FoundModel]) -> None:
        def save(picked: list[FoundModel]) -> None:
            self._patch(
                provider,
                {"models": as_stored(picked, provider.models)},
                dialog.accept,
                dialog.refused,
            )

        dialog = ModelsDialog(self._desk.look, self.window(), found, save)
        dialog.open()

    def _new_key(self, provider: Provider) -> None:
        def save(body: Body) -> None:
            self._patch(provider, body, dialog.accept, dialog.refused)

        dialog = KeyDialog(self._desk.look, self.window(), provider.name, save)
        dialog.open()

    def _ask_reveal(self, provider: Provider) -> None:
        async def work(client: EngineClient) -> None:
            path = f"providers/{part(provider.id)}:reveal"
            key = await client.ask("POST", path, ProviderKey)
            KeyShown(self._desk.look, self.window(), key, self._desk.actions.copy_secret).open()

        texts = self._texts
        confirm(
            self.window(),
            self._desk.look,
            texts("provider.reveal.sure", name=provider.name),
            texts("provider.reveal.what"),
            texts("provider.reveal.yes"),
            lambda: self._desk.engine.run("reveal key", work, refused=self._tell),
        )

    def _rename(self, provider: Provider) -> None:
        def save(body: Body) -> None:
            self._patch(provider, body, dialog.accept, dialog.refused)

        dialog = RenameDialog(self._desk.look, self.window(), provider.name, save)
        dialog.open()

    def _edit_model(self, model: Model) -> None:
        def save(body: Body) -> None:
            async def work(client: EngineClient) -> None:
                await client.send("PATCH", f"models/{part(model.id)}", body)
                dialog.accept()

            self._desk.engine.run("change model", work, refused=dialog.refused)

        dialog = ModelDialog(self._desk.look, self.window(), model, save)
        dialog.open()

    def _enable(self, provider: Provider, on: bool) -> None:
        def back(problems: Sequence[Problem]) -> None:
            self.card.show_provider(provider)
            self._tell(problems)

        self._patch(provider, {"enabled": on}, lambda: None, back)

    def _patch(
        self,
        provider: Provider,
        body: dict[str, JsonValue],
        done: Callable[[], object],
        refused: Callable[[Sequence[Problem]], None],
    ) -> None:
        async def work(client: EngineClient) -> None:
            await client.send("PATCH", f"providers/{part(provider.id)}", body)
            done()

        self._desk.engine.run("change provider", work, refused=refused)

    def _reset(self, target: str) -> None:
        async def work(client: EngineClient) -> None:
            await client.send("POST", f"breakers/{part(target)}:reset")
            await self._read(client)

        self._desk.engine.run("reset breaker", work)

    def _ask_remove(self, provider: Provider) -> None:
        async def remove(client: EngineClient) -> None:
            await client.send("DELETE", f"providers/{part(provider.id)}")

        async def ask(client: EngineClient) -> None:
            users = await dependants(client, provider.name)
            texts = self._texts
            what = texts("provider.remove.what", models=len(provider.models))
            if users:
                what = f"{what}\n\n{texts('provider.remove.users', names=', '.join(users))}"
            confirm(
                self.window(),
                self._desk.look,
                texts("provider.remove.sure", name=provider.name),
                what,
                texts("provider.remove.yes"),
                lambda: self._desk.engine.run("remove provider", remove, refused=self._tell),
            )

        self._desk.engine.run("what depends on it", ask)

    def _tell(self, problems: Sequence[Problem]) -> None:
        words = (f"{self._texts.problem(each)} {each.hint or ''}".strip() for each in problems)
        self.card.tell(" ".join(words), "bad")
