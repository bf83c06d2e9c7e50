"""The window in the hands of a person: mouse, keyboard, size and language."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
)

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import State
from butler.contract.texts import load_texts
from butler.desktop.app import Desktop
from butler.desktop.state import Link
from butler.desktop.widgets.switch import Switch
from tests.desktop.conftest import until
from tests.desktop.eyes import click, entry, shown
from tests.desktop.fake_engine import FakeEngine


@pytest.fixture
def chinese(qapp: QApplication, directory: Path) -> Desktop:
    """The desktop in Simplified Chinese, not yet running."""
    return Desktop(qapp, directory, load_texts("zh_CN"), [])


async def test_the_switch_asks_and_follows(desktop: Desktop, engine: FakeEngine) -> None:
    switch = desktop.window.findChild(Switch)
    assert switch.isChecked()
    click(switch)
    assert switch.isChecked()
    assert not switch.isEnabled()
    await until(lambda: switch.isEnabled() and not switch.isChecked())
    assert engine.status.state is State.OFF
    assert "Routing off" in shown(desktop.window)


async def test_a_refused_switch_goes_back_and_says_why(
    desktop: Desktop, engine: FakeEngine
) -> None:
    engine.refusal = Problem(code=ProblemCode.READ_ONLY, detail="Set by the command line.")
    switch = desktop.window.findChild(Switch)
    click(switch)
    await until(desktop.window.toast.isVisible)
    assert "This can not be changed here." in shown(desktop.window)
    assert switch.isEnabled()
    assert switch.isChecked()


async def test_keys_reach_everything_and_the_ring_shows_where(desktop: Desktop) -> None:
    window = desktop.window
    window.activateWindow()
    await until(window.isActiveWindow)
    assert not window.ring.isVisible()
    reached: set[str] = set()
    for _ in range(20):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        focused = window.focusWidget()
        reached.add(focused.accessibleName())
        assert window.ring.isVisible()
    assert {
        "Routing",
        "Overview",
        "Copy: Base URL",
        "Copy: Token",
        "Copy: Try it in a terminal",
    } <= reached
    assert "" not in reached
    click(entry(window, "overview"))
    assert not window.ring.isVisible()


async def test_everything_that_can_be_pressed_has_a_name(
    desktop: Desktop, engine: FakeEngine
) -> None:
    nameless = [
        each.objectName()
        for each in desktop.window.findChildren(QAbstractButton)
        if not each.accessibleName() and not each.text()
    ]
    # The corner between a table's headers, which we never show.
    nameless = [name for name in nameless if name != "qt_tableview_cornerbutton"]
    assert nameless == []


@pytest.mark.parametrize(("width", "collapsed"), [(1280, False), (960, False), (900, True)])
async def test_a_narrow_window_keeps_only_icons(
    desktop: Desktop, width: int, collapsed: bool
) -> None:
    desktop.window.resize(width, 700)
    assert (desktop.window.sidebar.width() < 100) is collapsed
    assert (entry(desktop.window, "overview").text() == "") is collapsed


async def test_a_short_loss_keeps_the_page(desktop: Desktop) -> None:
    desktop.state.set_link(Link.LOST)
    seen = shown(desktop.window)
    assert "Reconnecting…" in seen
    assert "Connect a tool" in seen


async def test_it_speaks_chinese(engine: FakeEngine, chinese: Desktop) -> None:
    running = asyncio.get_running_loop().create_task(chinese.run())
    await until(lambda: "连接工具" in shown(chinese.window))
    seen = "\n".join(shown(chinese.window))
    assert "连接工具" in seen
    assert "还没有请求" in seen
    assert "天空为什么是蓝色的？" in seen
    chinese.quit()
    await running
