"""The table of requests and the reasons beside it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from butler.desktop.app import Desktop
from tests.desktop import samples
from tests.desktop.conftest import until
from tests.desktop.eyes import click, entry, shown, table
from tests.desktop.fake_engine import FakeEngine


async def test_a_request_is_explained(desktop: Desktop, engine: FakeEngine) -> None:
    for call in reversed(samples.gallery()):
        engine.record(call)
    window = desktop.window
    click(entry(window, "requests"))
    await until(lambda: "Why deepseek/deepseek-chat?" in shown(window))
    calls = table(window)
    calls.setFocus()
    QTest.keyClick(calls, Qt.Key.Key_Down)
    await until(lambda: "16,384" in shown(window))
    seen = shown(window)
    assert "Why alibaba/qwen3-coder?" in seen
    assert "Coding Rule → alibaba/qwen3-coder" in seen
    assert "matched “code block”, “refactor”" in seen
    assert "deepseek/deepseek-chat failed: 429, too many requests" in seen


async def test_a_new_request_does_not_take_the_selection(
    desktop: Desktop, engine: FakeEngine
) -> None:
    engine.record(samples.call(2, target="a/first"))
    desktop.window.open_page("requests")
    await until(lambda: "Why a/first?" in shown(desktop.window))
    engine.record(samples.call(1, target="b/second"))
    await until(lambda: table(desktop.window).model().rowCount() == 2)
    assert "Why a/first?" in shown(desktop.window)
    assert table(desktop.window).currentIndex().row() == 1
