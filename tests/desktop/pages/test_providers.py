"""The page of providers, with a real engine and a scripted upstream: added, tried, changed."""

from collections.abc import AsyncIterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

from butler.contract.health import Health
from butler.contract.resources import Provider
from butler.desktop.app import Desktop
from butler.desktop.models.cells import ROW_ROLE
from butler.desktop.pages.providers import ProvidersPage
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.providers.add_dialog import AddProviderDialog
from butler.desktop.widgets.providers.model_dialog import ModelDialog
from butler.desktop.widgets.providers.small_dialogs import (
    KeyDialog,
    KeyShown,
    ModelsDialog,
    RenameDialog,
)
from butler.desktop.widgets.table import Table
from tests.desktop.asking import ask
from tests.desktop.conftest import until
from tests.desktop.eyes import choose, click, press, shown
from tests.fakes import Fail, Upstream

Part = TypeVar("Part", bound=QDialog)


@pytest.fixture
async def up() -> AsyncIterator[Upstream]:
    """A vendor with the models alpha and beta, on a real socket."""
    async with Upstream() as upstream:
        yield upstream


def _page(desktop: Desktop) -> ProvidersPage:
    found = desktop.window.findChild(ProvidersPage)
    assert found is not None
    return found


async def _dialog(desktop: Desktop, kind: type[Part]) -> Part:
    await until(lambda: any(each.isVisible() for each in desktop.window.findChildren(kind)))
    return next(each for each in desktop.window.findChildren(kind) if each.isVisible())


def _closed(desktop: Desktop) -> bool:
    return not any(each.isVisible() for each in desktop.window.findChildren(QDialog))


async def _providers(desktop: Desktop) -> list[Provider]:
    return await desktop.actions.engine.client.listed("providers", Provider)


async def _add(desktop: Desktop, up: Upstream) -> None:
    client = desktop.actions.engine.client
    models = [{"name": "alpha"}, {"name": "beta"}]
    body = {"name": "acme", "kind": "openai_compatible", "base_url": up.base_url}
    await client.send("POST", "providers", {**body, "api_key": up.key, "models": models})
    desktop.window.open_page("providers")
    await until(lambda: "acme" in shown(_page(desktop)))


async def test_a_provider_is_added_with_a_key_that_was_tried(real: Desktop, up: Upstream) -> None:
    real.window.open_page("providers")
    await until(lambda: "demo" in shown(_page(real)))
    press(_page(real), "providers.add")
    dialog = await _dialog(real, AddProviderDialog)
    dialog.preset.show_value("openai_compatible")
    dialog.preset.picked.emit("openai_compatible")
    dialog.name.setText("acme")
    dialog.address.setText(up.base_url)
    QTest.keyClicks(dialog.key, "sk-wrong")
    press(dialog, "provider.test")
    await until(lambda: dialog.test.isEnabled() and dialog.said.property("tone") == "bad")
    assert "key" in dialog.said.text().lower()
    assert not dialog.picker.isVisible()
    dialog.key.setText(up.key)
    press(dialog, "provider.test")
    await until(dialog.picker.isVisible)
    assert dialog.said.property("tone") == "good"
    assert dialog.picker.picked == []
    dialog.picker.tick("beta")
    # Nothing is stored before the last button.
    assert [each.name for each in await _providers(real)] == ["demo"]
    press(dialog, "provider.save")
    await until(lambda: _closed(real))
    (added,) = await _providers(real)
    assert (added.name, added.has_key, [model.name for model in added.models]) == (
        "acme",
        True,
        ["beta"],
    )
    await until(lambda: "acme" in shown(_page(real)))
    assert not any(up.key in text for text in shown(real.window))


async def test_a_key_in_the_environment_is_taken_once_it_is_picked(
    real: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", "sk-from-here")
    real.window.open_page("providers")
    await until(lambda: "demo" in shown(_page(real)))
    press(_page(real), "providers.add")
    dialog = await _dialog(real, AddProviderDialog)
    assert not dialog.here.found
    press(dialog, "provider.look")
    await until(lambda: bool(dialog.here.found))
    assert "sk-from-here" not in " ".join(shown(dialog))
    assert dialog.key.text() == ""
    press(dialog, "found.deepseek")
    assert (dialog.preset.value, dialog.key.text()) == ("deepseek", "sk-from-here")
    assert [each.name for each in await _providers(real)] == ["demo"]
    dialog.reject()
    await until(lambda: _closed(real))


async def test_the_models_in_use_are_picked_and_one_is_described(
    real: Desktop, up: Upstream
) -> None:
    await _add(real, up)
    page = _page(real)
    press(page, "provider.models")
    models = await _dialog(real, ModelsDialog)
    assert [model.name for model in models.picker.picked] == ["alpha", "beta"]
    for row in range(models.picker.list.count()):
        if models.picker.list.item(row).text().startswith("beta"):
            models.picker.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    press(models, "form.save")
    await until(lambda: _closed(real))
    assert [model.name for model in (await _providers(real))[0].models] == ["alpha"]
    table = page.card.findChild(Table)
    assert table is not None
    await until(lambda: table.model().rowCount() == 1)
    page.card.model_asked.emit(table.model().index(0, 0).data(ROW_ROLE))
    dialog = await _dialog(real, ModelDialog)
    dialog.alias.setText("think")
    dialog.context.show_number(64_000)
    dialog.prices["input_usd"].setText("0.5")
    dialog.prices["output_usd"].setText("1.5")
    dialog.abilities["tools"].show_value(True)
    dialog.modalities.setText("text, image")
    dialog.parameters.setPlainText("{wrong")
    press(dialog, "form.save")
    assert any("line 1" in text for text in shown(dialog))
    dialog.parameters.setPlainText('{"temperature": 0.2}')
    press(dialog, "form.save")
    await until(lambda: _closed(real))
    (model,) = (await _providers(real))[0].models
    assert (model.alias, model.context_tokens) == ("think", 64_000)
    assert (model.tools, model.thinking) == (True, None)
    assert model.modalities == ["text", "image"]
    assert model.parameters == {"temperature": 0.2}
    assert model.prices is not None
    assert (str(model.prices.input_usd), str(model.prices.output_usd)) == ("0.5", "1.5")
    index = table.model().index
    await until(lambda: index(0, 0).data() == "alpha  (think)")
    assert (index(0, 1).data(), index(0, 2).data()) == ("64,000", "0.5 / 1.5")


async def test_another_name_another_key_and_a_trial(real: Desktop, up: Upstream) -> None:
    await _add(real, up)
    page = _page(real)
    press(page, "provider.rename")
    rename = await _dialog(real, RenameDialog)
    rename.name.setText("has space")
    press(rename, "form.save")
    await until(lambda: rename.name.property("wrong") is True)
    rename.name.setText("other")
    press(rename, "form.save")
    await until(lambda: _closed(real))
    await until(lambda: "other" in shown(page))
    up.key = "sk-new"
    press(page, "provider.test")
    await until(lambda: page.card.said.property("tone") == "bad")
    press(page, "provider.key")
    key = await _dialog(real, KeyDialog)
    QTest.keyClicks(key.key, "sk-new")
    press(key, "form.save")
    await until(lambda: _closed(real))
    press(page, "provider.test")
    await until(lambda: page.card.said.property("tone") == "good")


async def test_a_broken_one_says_why_and_is_tried_again(real: Desktop, up: Upstream) -> None:
    await _add(real, up)
    client = real.actions.engine.client
    up.script(*[Fail(401)] * 3)
    with pytest.raises(AssertionError):
        await ask(real, "Why?")
    real.window.open_page("overview")
    real.window.open_page("providers")
    page = _page(real)
    reset = page.findChild(QPushButton, "provider.reset")
    assert reset is not None
    await until(reset.isVisible)
    (breaker,) = [
        each.breaker for each in (await client.read("health", Health)).targets if each.breaker
    ]
    assert breaker.reason in page.card.said.text()
    click(reset)
    await until(lambda: not reset.isVisible())
    health = await client.read("health", Health)
    assert [each.breaker for each in health.targets] == [None, None]


async def test_switched_off_and_removed(real: Desktop, up: Upstream) -> None:
    await _add(real, up)
    page = _page(real)
    click(page.card.switch)
    await until(lambda: not page.card.switch.isChecked())
    assert not (await _providers(real))[0].enabled
    press(page, "provider.remove")
    await _dialog(real, Dialog)
    press(real.window, "confirm.yes")
    await until(lambda: "demo" in shown(page))
    assert [each.name for each in await _providers(real)] == ["demo"]


async def test_the_key_is_shown_once_it_is_asked_for(real: Desktop, up: Upstream) -> None:
    await _add(real, up)
    page = _page(real)
    await until(lambda: page.findChild(QPushButton, "provider.reveal").isVisible())
    press(page, "provider.reveal")
    await _dialog(real, Dialog)
    press(real.window, "confirm.yes")
    key = await _dialog(real, KeyShown)
    assert key.field.findChild(QLineEdit).text() == up.key
    assert any("10 seconds" in text for text in shown(key))
    await until(lambda: _closed(real), 15)


async def test_what_depends_on_a_provider_is_told_before_it_goes(
    real: Desktop, up: Upstream
) -> None:
    await _add(real, up)
    client = real.desk.engine.client
    when = {"all": [{"kind": "tokens", "min": 5}]}
    await client.send("POST", "rules", {"name": "Long ones", "when": when, "target": "acme/beta"})
    press(_page(real), "provider.remove")
    dialog = await _dialog(real, Dialog)
    assert any("Long ones" in text and "routing.default_target" in text for text in shown(dialog))
    dialog.reject()
    await until(lambda: _closed(real))
    assert [each.name for each in await _providers(real)] == ["acme"]


async def test_nothing_is_saved_untried(real: Desktop, up: Upstream) -> None:
    real.window.open_page("providers")
    await until(lambda: "demo" in shown(_page(real)))
    press(_page(real), "providers.add")
    dialog = await _dialog(real, AddProviderDialog)
    choose(dialog, "provider.preset", "Any OpenAI-compatible")
    dialog.name.setText("acme")
    dialog.address.setText(up.base_url)
    dialog.key.setText("sk-wrong")
    dialog.model.setText("alpha")
    save = dialog.findChild(QPushButton, "provider.save")
    assert save is not None
    click(save)
    await until(lambda: save.text() == "Add anyway")
    assert dialog.isVisible()
    assert [each.name for each in await _providers(real)] == ["demo"]
    # Another key is another try, and this one works.
    dialog.key.setText(up.key)
    click(save)
    await until(lambda: _closed(real))
    assert [each.name for each in await _providers(real)] == ["acme"]


async def test_whoever_insists_may_save_what_failed(real: Desktop, up: Upstream) -> None:
    real.window.open_page("providers")
    await until(lambda: "demo" in shown(_page(real)))
    press(_page(real), "providers.add")
    dialog = await _dialog(real, AddProviderDialog)
    choose(dialog, "provider.preset", "Any OpenAI-compatible")
    dialog.name.setText("later")
    dialog.address.setText(up.base_url)
    dialog.key.setText("sk-not-yet")
    dialog.model.setText("alpha")
    save = dialog.findChild(QPushButton, "provider.save")
    assert save is not None
    click(save)
    await until(lambda: save.text() == "Add anyway")
    click(save)
    await until(lambda: _closed(real))
    assert [each.name for each in await _providers(real)] == ["later"]
