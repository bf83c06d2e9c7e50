"""Every setting of the engine, as its own table tells them, and how this window looks."""

import asyncio
from collections.abc import Sequence

from pydantic import JsonValue
from PySide6.QtWidgets import QWidget

from butler.contract.caches import CacheState
from butler.contract.problems import Problem
from butler.contract.resources import Model, Setting
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.pages.page import Page
from butler.desktop.widgets.card import Card, hairline
from butler.desktop.widgets.dialog import confirm
from butler.desktop.widgets.field import SearchField
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.settings.arbiter_line import ArbiterLine
from butler.desktop.widgets.settings.cache_line import CacheLine
from butler.desktop.widgets.settings.care_card import CareCard
from butler.desktop.widgets.settings.sections import sorted_in
from butler.desktop.widgets.settings.setting_row import SettingRow
from butler.desktop.widgets.settings.window_card import WindowCard

_SEARCH_WIDTH = 240
_CACHE = "cache"
_ARBITER = "arbiter"


class SettingsPage(Page):
    """Reads the settings whenever it is opened, and when they have changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("settings", desk.look.texts("page.settings"), scrolls=True)
        self._desk = desk
        self._texts = texts = desk.look.texts
        self._rows: dict[str, SettingRow] = {}
        self._cards: dict[str, Card] = {}
        self.complete = False
        self._cache = CacheLine(desk.look)
        self._cache.clear_asked.connect(self._ask_clear)
        self._search = SearchField(desk.look, texts("settings.search"))
        self._search.setFixedWidth(_SEARCH_WIDTH)
        self._search.textChanged.connect(self._filter)
        self.head.addWidget(self._search)
        self._nothing = Label(texts("settings.none"), tone="secondary")
        self._nothing.hide()
        self._arbiter = ArbiterLine(desk)
        self._care = CareCard(desk)
        self._window_card = WindowCard(desk)
        self.column.addWidget(self._window_card)
        self.column.addWidget(self._care)
        self.column.addWidget(self._nothing)
        self.column.addStretch(1)
        desk.state.config_changed.connect(self._follow)

    def opened(self) -> None:
        self._desk.engine.run("settings", self._read)

    def _follow(self, resources: list[str]) -> None:
        if {"settings", "providers"} & set(resources) and self.isVisible():
            self.opened()

    async def _read(self, client: EngineClient) -> None:
        found = await client.listed("settings", Setting)
        models = await client.listed("models", Model)
        targets = sorted(model.target for model in models)
        for section, inside in sorted_in(found).items():
            if section not in self._cards:
                self._add_card(section, inside, targets)
                # One card after the other, so that the window keeps up.
                await asyncio.sleep(0)
        self._show(found)
        self.complete = True
        self._cache.show_state(await client.read("cache", CacheState))
        await self._care.read(client)
        await self._arbiter.read(client)

    def _show(self, settings: Sequence[Setting]) -> None:
        for setting in settings:
            # A card that is still to come reads its settings itself.
            if row := self._rows.get(setting.key):
                row.show_setting(setting)
        self._filter(self._search.text())

    def _add_card(self, section: str, settings: Sequence[Setting], targets: Sequence[str]) -> None:
        card = Card(self._texts(f"settings.{section}"))
        lines: dict[str, QWidget] = {_CACHE: self._cache, _ARBITER: self._arbiter}
        parts = [lines[section]] if section in lines else []
        for setting in settings:
            row = SettingRow(self._desk.look, setting, targets)
            row.changed.connect(self._change)
            self._rows[setting.key] = row
            parts.append(row)
        for part in parts:
            card.body.addWidget(hairline())
            card.body.addWidget(part)
        self._cards[section] = card
        # Before the stretch at the end.
        self.column.insertWidget(self.column.count() - 1, card)

    def _change(self, key: str, value: JsonValue) -> None:
        async def work(client: EngineClient) -> None:
            # The engine's event brings what is in force now.
            await client.change_setting(key, value)
            self._show(await client.listed("settings", Setting))

        def refused(problems: Sequence[Problem]) -> None:
            words = (f"{self._texts.problem(each)} {each.hint or ''}".strip() for each in problems)
            self._rows[key].refuse(" ".join(words))

        self._desk.engine.run(f"set {key}", work, refused=refused)

    def _filter(self, text: str) -> None:
        for card in self._cards.values():
            rows = card.findChildren(SettingRow)
            for row in rows:
                row.setVisible(row.matches(text))
            card.setVisible(any(row.matches(text) for row in rows))
        for card in (self._window_card, self._care):
            card.setVisible(not text)
        self._nothing.setVisible(all(card.isHidden() for card in self._cards.values()))

    def _ask_clear(self) -> None:
        async def work(client: EngineClient) -> None:
            self._cache.show_state(await client.ask("DELETE", "cache", CacheState))

        texts = self._texts
        confirm(
            self.window(),
            self._desk.look,
            texts("cache.clear.sure"),
            texts("cache.clear.what"),
            texts("cache.clear"),
            lambda: self._desk.engine.run("clear caches", work),
        )
