"""The tray's menu, drawn from the state of a real link."""

from decimal import Decimal

from PySide6.QtGui import QAction

from butler.contract.resources import State
from butler.desktop.app import Desktop
from butler.desktop.look import Look
from butler.desktop.tray_menu import TrayMenu
from tests.desktop import samples
from tests.desktop.conftest import until
from tests.desktop.eyes import shown
from tests.desktop.fake_engine import FakeEngine


def _menu(desktop: Desktop, look: Look) -> TrayMenu:
    return TrayMenu(look, desktop.state, desktop.actions)


def _named(menu: TrayMenu, name: str) -> list[QAction]:
    menu.draw()
    return [action for action in menu.actions() if action.objectName() == name]


def _texts(menu: TrayMenu) -> list[str]:
    menu.draw()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


async def test_it_says_how_today_went(desktop: Desktop, engine: FakeEngine, look: Look) -> None:
    menu = _menu(desktop, look)
    assert "0 requests today · $0.00" in _texts(menu)
    engine.record(samples.call(1), spent_today_usd=Decimal("0.83"), unpriced_today=2)
    await until(lambda: bool(desktop.state.calls))
    assert "1 request today · $0.83 · 2 unpriced" in _texts(menu)


async def test_the_last_five_decisions_with_their_reason(
    desktop: Desktop, engine: FakeEngine, look: Look
) -> None:
    menu = _menu(desktop, look)
    assert _named(menu, "call.open") == []
    for number in range(7, 0, -1):
        engine.record(samples.call(number, rule_name=f"R & D {number}"))
    await until(lambda: len(desktop.state.calls) == 7)
    entries = _named(menu, "call.open")
    assert len(entries) == 5
    assert "R && D 1 → deepseek/deepseek-chat – task is coding" in entries[0].text()
    asked: list[str] = []
    desktop.actions.call_asked.connect(asked.append)
    entries[1].trigger()
    assert asked == ["req-2"]


async def test_routing_is_switched_from_here(
    desktop: Desktop, engine: FakeEngine, look: Look
) -> None:
    menu = _menu(desktop, look)
    (routing,) = _named(menu, "routing")
    assert routing.isChecked()
    routing.trigger()
    await until(lambda: not desktop.state.routing)
    assert engine.status.state is State.OFF
    (routing,) = _named(menu, "routing")
    assert not routing.isChecked()


async def test_pause_and_local_only_are_switched(
    desktop: Desktop, engine: FakeEngine, look: Look
) -> None:
    menu = _menu(desktop, look)
    _named(menu, "local_only")[0].trigger()
    await until(lambda: desktop.state.local_only)
    assert _named(menu, "local_only")[0].isChecked()
    await until(lambda: "Local models only" in shown(desktop.window))
    _named(menu, "paused")[0].trigger()
    await until(lambda: desktop.state.paused)
    assert _named(menu, "paused")[0].isChecked()
    assert not _named(menu, "routing")[0].isEnabled()
    await until(lambda: "Paused" in shown(desktop.window))
    _named(menu, "paused")[0].trigger()
    await until(lambda: not desktop.state.paused)


async def test_a_token_without_a_copy_can_not_be_copied(
    desktop: Desktop, engine: FakeEngine, look: Look
) -> None:
    menu = _menu(desktop, look)
    assert _named(menu, "copy.token")[0].isEnabled()
    engine.configure(default_token=None)
    await until(lambda: _named(menu, "copy.token") == [])
    asked: list[str] = []
    desktop.actions.page_asked.disconnect()
    desktop.actions.page_asked.connect(asked.append)
    _named(menu, "new.token")[0].trigger()
    assert asked == ["tokens"]
    assert _named(menu, "copy.base_url")[0].isEnabled()


async def test_without_an_engine_it_can_still_be_quit(
    desktop: Desktop, engine: FakeEngine, look: Look
) -> None:
    menu = _menu(desktop, look)
    await engine.stop()
    await until(lambda: not _named(menu, "routing")[0].isEnabled())
    await until(lambda: "Stopped" in _texts(menu))
    asked: list[bool] = []
    desktop.actions.quit_asked.connect(lambda: asked.append(True))
    _named(menu, "app.quit")[0].trigger()
    assert asked == [True]
