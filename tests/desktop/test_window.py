"""The window in the hands of a person: mouse, keyboard, and what it shows in each state."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import State
from butler.desktop.app import Desktop
from butler.desktop.failure import Failure, FailureKind
from butler.desktop.i18n import load_texts
from butler.desktop.state import Link
from butler.desktop.widgets.call_table import CallTable
from butler.desktop.widgets.copy_button import CopyButton
from butler.desktop.widgets.notice import Notice
from butler.desktop.widgets.sidebar_entry import SidebarEntry
from butler.desktop.widgets.switch import Switch
from tests.desktop import samples
from tests.desktop.conftest import until
from tests.desktop.fake_engine import FakeEngine


@pytest.fixture
def chinese(qapp: QApplication, directory: Path) -> Desktop:
    """The desktop in Simplified Chinese, not yet running."""
    return Desktop(qapp, directory, load_texts("zh_CN"), [])


def _shown(window: QWidget) -> list[str]:
    """Every text that can be seen."""
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def _click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def _tables(window: QWidget) -> list[CallTable]:
    return [table for table in window.findChildren(CallTable) if table.isVisible()]


def _table(window: QWidget) -> CallTable:
    (table,) = _tables(window)
    return table


def _entry(window: QWidget, page: str) -> SidebarEntry:
    entry = window.findChild(SidebarEntry, f"go.{page}")
    assert entry is not None
    return entry


async def test_the_switch_asks_and_follows(desktop: Desktop, engine: FakeEngine) -> None:
    switch = desktop.window.findChild(Switch)
    assert switch.isChecked()
    _click(switch)
    assert switch.isChecked()
    assert not switch.isEnabled()
    await until(lambda: switch.isEnabled() and not switch.isChecked())
    assert engine.status.state is State.OFF
    assert "Routing off" in _shown(desktop.window)


async def test_a_refused_switch_goes_back_and_says_why(
    desktop: Desktop, engine: FakeEngine
) -> None:
    engine.refusal = Problem(code=ProblemCode.READ_ONLY, detail="Set by the command line.")
    switch = desktop.window.findChild(Switch)
    _click(switch)
    await until(desktop.window.toast.isVisible)
    assert "This can not be changed here." in _shown(desktop.window)
    assert switch.isEnabled()
    assert switch.isChecked()


async def test_the_token_is_never_shown(desktop: Desktop) -> None:
    fields = {each.accessibleName(): each for each in desktop.window.findChildren(QLineEdit)}
    assert fields["Base URL"].text() == "http://localhost:8080/v1"
    assert set(fields["Token"].text()) == {"•"}
    button = next(
        each
        for each in desktop.window.findChildren(CopyButton)
        if each.accessibleName() == "Copy: Token"
    )
    _click(button)
    await until(lambda: QGuiApplication.clipboard().text() == samples.TOKEN)
    await until(lambda: button.text() == "Copied")
    assert not any(samples.TOKEN in text for text in _shown(desktop.window))


async def test_before_the_first_request_it_says_what_to_do(desktop: Desktop) -> None:
    shown = "\n".join(_shown(desktop.window))
    assert "No requests yet" in shown
    assert "curl http://localhost:8080/v1/chat/completions" in shown
    assert "The demo provider answers while no other is configured." in shown


async def test_the_days_figures(desktop: Desktop, engine: FakeEngine) -> None:
    engine.configure(
        requests_today=1214, spent_today_usd=Decimal("0.83"), unpriced_today=3, in_flight=2
    )
    await until(lambda: "1,214" in _shown(desktop.window))
    shown = _shown(desktop.window)
    assert {"$0.83", "3", "2", "not in the sum"} <= set(shown)


async def test_warnings_stand_on_the_page_and_go(desktop: Desktop, engine: FakeEngine) -> None:
    engine.configure(warnings=[samples.WARNING])
    await until(lambda: len(desktop.window.findChildren(Notice)) == 1)
    title = "The master key lies in a file instead of the system's keyring."
    assert title in _shown(desktop.window)
    engine.configure(warnings=[])
    await until(lambda: desktop.window.findChildren(Notice) == [])


async def test_a_request_is_explained(desktop: Desktop, engine: FakeEngine) -> None:
    for call in reversed(samples.gallery()):
        engine.record(call)
    window = desktop.window
    _click(_entry(window, "requests"))
    await until(lambda: "Why deepseek/deepseek-chat?" in _shown(window))
    table = _table(window)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    await until(lambda: "16,384" in _shown(window))
    shown = _shown(window)
    assert "Why alibaba/qwen3-coder?" in shown
    assert "Coding Rule → alibaba/qwen3-coder" in shown
    assert "matched “code block”, “refactor”" in shown
    assert "deepseek/deepseek-chat failed: 429, too many requests" in shown


async def test_a_new_request_does_not_take_the_selection(
    desktop: Desktop, engine: FakeEngine
) -> None:
    engine.record(samples.call(2, target="a/first"))
    desktop.window.open_page("requests")
    await until(lambda: "Why a/first?" in _shown(desktop.window))
    engine.record(samples.call(1, target="b/second"))
    await until(lambda: _table(desktop.window).model().rowCount() == 2)
    assert "Why a/first?" in _shown(desktop.window)
    assert _table(desktop.window).currentIndex().row() == 1


async def test_a_decision_on_the_first_page_leads_to_its_reasons(
    desktop: Desktop, engine: FakeEngine
) -> None:
    engine.record(samples.call(2, target="a/first"))
    engine.record(samples.call(1, target="b/second"))
    await until(lambda: len(_tables(desktop.window)) == 1)
    table = _table(desktop.window)
    table.select_row(1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert "Why a/first?" in _shown(desktop.window)
    assert _entry(desktop.window, "requests").isChecked()


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
    _click(_entry(window, "overview"))
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
    assert (_entry(desktop.window, "overview").text() == "") is collapsed


async def test_a_failed_engine_says_what_happened(desktop: Desktop) -> None:
    window = desktop.window
    desktop.state.set_link(
        Link.FAILED, Failure(FailureKind.REFUSED, ("Port 8080 is taken.", "Stop it."))
    )
    shown = _shown(window)
    assert "The engine can not start" in shown
    assert "It says why below. Put that right, then try again." in shown
    log = window.findChild(QPlainTextEdit)
    assert log.isVisible()
    assert log.toPlainText() == "Port 8080 is taken.\nStop it."
    assert window.findChild(QAbstractButton, "engine.retry").isVisible()


async def test_a_short_loss_keeps_the_page(desktop: Desktop) -> None:
    desktop.state.set_link(Link.LOST)
    shown = _shown(desktop.window)
    assert "Reconnecting…" in shown
    assert "Requests today" in shown


async def test_a_stopped_engine_can_be_started_from_here(
    desktop: Desktop, engine: FakeEngine
) -> None:
    window = desktop.window
    await engine.stop()
    await until(lambda: "The engine is stopped" in _shown(window))
    assert "http" not in "".join(_shown(window))
    await engine.start()
    _click(window.findChild(QAbstractButton, "engine.retry"))
    await until(lambda: "Requests today" in _shown(window))


async def test_it_speaks_chinese(engine: FakeEngine, chinese: Desktop) -> None:
    running = asyncio.get_running_loop().create_task(chinese.run())
    await until(lambda: "今日请求" in _shown(chinese.window))
    shown = "\n".join(_shown(chinese.window))
    assert "连接工具" in shown
    assert "还没有请求" in shown
    assert "天空为什么是蓝色的？" in shown
    chinese.quit()
    await running
