"""The page of settings, with a real engine: generated, changed in place, refused in words."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from butler.contract.caches import CacheState
from butler.contract.resources import Setting
from butler.desktop.app import Desktop
from butler.desktop.pages.settings import SettingsPage
from butler.desktop.preferences import Preferences
from butler.desktop.theme import Scheme
from butler.desktop.tokens import DARK
from butler.desktop.widgets.field import NumberField, SearchField, TextField
from butler.desktop.widgets.select import Select
from butler.desktop.widgets.settings.setting_row import SettingRow
from butler.desktop.widgets.settings.window_card import WindowCard
from butler.desktop.widgets.switch import Switch
from tests.desktop.asking import ask
from tests.desktop.conftest import until
from tests.desktop.eyes import click, press, shown


def _row(page: SettingsPage, key: str) -> SettingRow:
    found = page.findChild(SettingRow, f"setting.{key}")
    assert found is not None
    return found


async def _settings(desktop: Desktop) -> dict[str, Setting]:
    found = await desktop.actions.engine.client.listed("settings", Setting)
    return {setting.key: setting for setting in found}


async def _page(real: Desktop) -> SettingsPage:
    real.window.open_page("settings")
    page = real.window.findChild(SettingsPage)
    assert page is not None
    await until(lambda: page.complete)
    return page


def _value(row: SettingRow) -> object:
    editor = row.editor.widget
    if isinstance(editor, Switch):
        return editor.isChecked()
    if isinstance(editor, Select):
        return editor.value
    if isinstance(editor, NumberField):
        return editor.number
    assert isinstance(editor, TextField)
    return editor.text() or None


async def test_every_setting_is_there_as_the_engine_has_it(real: Desktop) -> None:
    page = await _page(real)
    wanted = await _settings(real)
    assert {key: _value(_row(page, key)) for key in wanted} == {
        key: setting.value for key, setting in wanted.items()
    }
    # Where the environment decides, nothing can be changed, and it is said why.
    port = _row(page, "server.port")
    assert not port.editor.widget.isEnabled()
    assert any("environment variable" in text for text in shown(port))


async def test_one_of_each_type_is_changed(real: Desktop) -> None:
    page = await _page(real)
    switch = _row(page, "cache.exact").editor.widget
    click(switch)
    await until(lambda: isinstance(switch, Switch) and not switch.isChecked())
    number = _row(page, "cache.max_mb").editor.widget
    assert isinstance(number, NumberField)
    number.selectAll()
    QTest.keyClicks(number, "64")
    QTest.keyClick(number, Qt.Key.Key_Return)
    choice = _row(page, "cache.scope").editor.widget
    QTest.keyClick(choice, Qt.Key.Key_Down)
    text = _row(page, "routing.auto_names").editor.widget
    assert isinstance(text, TextField)
    text.selectAll()
    QTest.keyClicks(text, "claude-*")
    QTest.keyClick(text, Qt.Key.Key_Return)
    wanted = {
        "cache.exact": False,
        "cache.max_mb": 64,
        "cache.scope": "shared",
        "routing.auto_names": "claude-*",
    }
    found: dict[str, object] = {}
    for _ in range(100):
        found = {key: (await _settings(real))[key].value for key in wanted}
        if found == wanted:
            break
    assert found == wanted
    row = _row(page, "cache.max_mb")
    reset = row.findChild(QPushButton, "reset")
    assert reset is not None
    await until(reset.isVisible)
    click(reset)
    await until(lambda: _value(row) == 256)
    await until(lambda: not reset.isVisible())


async def test_what_the_engine_refuses_is_said_at_its_row(real: Desktop) -> None:
    page = await _page(real)
    row = _row(page, "cache.max_mb")
    field = row.editor.widget
    assert isinstance(field, NumberField)
    field.selectAll()
    QTest.keyClicks(field, "999999999")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: field.property("wrong") is True)
    assert field.number == 999_999_999
    assert any("from" in text for text in shown(row)), shown(row)
    assert (await _settings(real))["cache.max_mb"].source == "default"


async def test_a_search_leaves_what_it_finds(real: Desktop) -> None:
    page = await _page(real)
    search = page.findChild(SearchField)
    assert search is not None
    QTest.keyClicks(search, "heartbeat")
    seen = [row.objectName() for row in page.findChildren(SettingRow) if row.isVisible()]
    assert seen == ["setting.dispatch.heartbeat_ms"]
    search.setText("zzz")
    assert "No setting is called so." in shown(page)


async def test_the_caches_are_cleared_after_a_question(real: Desktop) -> None:
    for _ in range(2):
        await ask(real, "What is a noun?")
    page = await _page(real)
    client = real.actions.engine.client
    kept = (await client.read("cache", CacheState)).exact.entries
    assert kept == 1
    await until(lambda: any(f"{kept} exact" in text for text in shown(page)))
    press(page, "cache.clear")
    press(real.window, "confirm.yes")
    await until(lambda: any("0 exact" in text for text in shown(page)))
    assert (await client.read("cache", CacheState)).exact.entries == 0


async def test_colours_change_at_once_and_are_remembered(real: Desktop, directory: Path) -> None:
    page = await _page(real)
    card = page.findChild(WindowCard)
    assert card is not None
    press(card, "segment.dark")
    assert real.window.palette().window().color().name().upper() == DARK.ground
    QTest.keyClick(card.language, Qt.Key.Key_End)
    kept = await asyncio.to_thread(Preferences, directory)
    assert (kept.scheme, kept.language) == (Scheme.DARK, "zh_CN")
