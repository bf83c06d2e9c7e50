"""The page of settings, with a real engine: generated, changed in place, refused in words."""

import asyncio
import os
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
from butler.desktop.widgets.settings.arbiter_line import ArbiterLine
from butler.desktop.widgets.settings.care_card import CareCard
from butler.desktop.widgets.settings.setting_row import SettingRow
from butler.desktop.widgets.settings.window_card import WindowCard
from butler.desktop.widgets.switch import Switch
from tests.desktop.asking import ask, status_of
from tests.desktop.conftest import until
from tests.desktop.eyes import click, press, shown
from tests.fakes.ollama import FakeOllama, Model


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
        stored = await _settings(real)
        found = {key: stored[key].value for key in wanted}
        if found == wanted:
            break
        await asyncio.sleep(0.1)
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


async def test_it_starts_at_login_once_it_is_asked_to(real: Desktop) -> None:
    page = await _page(real)
    switch = page.findChild(Switch, "window.login")
    assert switch is not None
    assert not switch.isChecked()
    click(switch)
    await until(switch.isChecked)
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "autostart" / "smart-routing-butler.desktop"
    assert "--hidden" in await asyncio.to_thread(file.read_text)
    click(switch)
    await until(lambda: not switch.isChecked())
    assert not await asyncio.to_thread(file.exists)


async def test_what_is_stored_goes_into_a_file_and_comes_back(
    real: Desktop, tmp_path: Path
) -> None:
    page = await _page(real)
    care = page.findChild(CareCard)
    assert care is not None
    client = real.desk.engine.client
    await client.change_setting("savings.baseline", "demo/strong")
    file = tmp_path / "saved.db"
    await care.back_up(file)
    assert (await asyncio.to_thread(file.read_bytes)).startswith(b"SQLite format 3")
    assert not await asyncio.to_thread((tmp_path / "saved.db.part").exists)
    await client.change_setting("savings.baseline", None)
    care.ask_to_bring_back(file)
    await until(lambda: page.window().findChild(QPushButton, "confirm.yes") is not None)
    press(page.window(), "confirm.yes")
    await until(lambda: any("Restored. What was there" in text for text in shown(page)), 30)
    found = {each.key: each.value for each in await client.listed("settings", Setting)}
    assert found["savings.baseline"] == "demo/strong"
    wrong = tmp_path / "wrong.db"
    await asyncio.to_thread(wrong.write_bytes, b"this is no backup")
    await care.bring_back(wrong)
    assert found == {each.key: each.value for each in await client.listed("settings", Setting)}


async def test_the_master_key_is_made_anew(real: Desktop) -> None:
    page = await _page(real)
    await until(lambda: any("It lies in" in text for text in shown(page)))
    press(page, "care.vault")
    said: list[str] = []
    real.actions.told.connect(said.append)
    await until(lambda: page.window().findChild(QPushButton, "confirm.yes") is not None)
    press(page.window(), "confirm.yes")
    await until(lambda: bool(said), 30)
    real.actions.told.disconnect(said.append)
    assert "under the new key" in said[0]
    # What was sealed can still be read.
    assert await real.desk.engine.client.token_secret(str(status_of(real).default_token))


async def test_kept_texts_are_forgotten(real: Desktop) -> None:
    await real.desk.engine.client.change_setting("log.bodies", "full")
    await ask(real, "Hi")
    page = await _page(real)
    await asyncio.sleep(0.5)
    press(page, "care.bodies")
    await until(lambda: page.window().findChild(QPushButton, "confirm.yes") is not None)
    press(page.window(), "confirm.yes")
    await until(lambda: "The text of 1 request is gone." in shown(page))


async def test_the_arbiter_is_tried_and_its_model_fetched(real: Desktop) -> None:
    async with FakeOllama(Model(answer='{"route": "coding"}'), pulled=()) as ollama:
        client = real.desk.engine.client
        await client.change_setting("arbiter.url", ollama.url)
        await client.change_setting("arbiter.enabled", True)
        page = await _page(real)
        line = page.findChild(ArbiterLine)
        assert line is not None
        await until(line.pull.isEnabled)
        press(line, "arbiter.test")
        await until(lambda: any("It did not answer" in text for text in shown(line)), 30)
        press(line, "arbiter.pull")
        await until(lambda: bool(ollama.pulled), 30)
        await until(lambda: not line.bar.isVisible(), 30)
        assert not any("could not be fetched" in text for text in shown(line))
