"""The table of requests and the reasons beside it."""

import asyncio
import os
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from butler.contract.resources import CallRow
from butler.desktop.app import Desktop
from butler.desktop.models.cells import ROW_ROLE
from butler.desktop.models.log import PAGE_ROWS
from butler.desktop.pages.requests import RequestsPage
from tests.desktop import samples
from tests.desktop.asking import ask
from tests.desktop.conftest import until
from tests.desktop.eyes import click, entry, shown, table, tables
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


async def test_the_log_is_read_as_far_as_somebody_scrolls(
    desktop: Desktop, engine: FakeEngine
) -> None:
    engine.calls = [samples.call(number) for number in range(1, 251)]
    desktop.window.open_page("requests")
    await until(lambda: bool(tables(desktop.window)))
    calls = table(desktop.window)
    assert calls.model().rowCount() == PAGE_ROWS
    calls.scrollToBottom()
    await until(lambda: calls.model().rowCount() == 2 * PAGE_ROWS)
    calls.scrollToBottom()
    await until(lambda: calls.model().rowCount() == 250)
    ids = [calls.model().index(row, 0).data(ROW_ROLE).id for row in range(250)]
    assert ids == [f"req-{number}" for number in range(1, 251)]
    assert not calls.model().canFetchMore(QModelIndex())


async def test_a_call_far_down_is_explained_all_the_same(real: Desktop) -> None:
    for _ in range(PAGE_ROWS + 2):
        await ask(real, "Refactor this Python function: def f(x): return x")
    real.window.open_page("requests")
    await until(lambda: bool(tables(real.window)))
    calls = table(real.window)
    await until(lambda: calls.model().rowCount() >= PAGE_ROWS)
    calls.scrollToBottom()
    await until(lambda: calls.model().rowCount() == PAGE_ROWS + 2)
    calls.select_row(PAGE_ROWS + 1)
    # The first of them was the only one that a model answered: all others came from the cache.
    await until(lambda: "Why demo/strong?" in shown(real.window))
    await until(lambda: "demo/strong answered" in shown(real.window))


async def test_filters_show_what_the_engine_finds(real: Desktop, tmp_path: Path) -> None:
    await ask(real, "Refactor this Python function: def f(x): return x")
    await ask(real, "Refactor this Python function: def f(x): return x")
    client = real.actions.engine.client
    real.window.open_page("requests")
    page = real.window.findChild(RequestsPage)
    assert page is not None
    await until(lambda: bool(tables(real.window)) and table(real.window).model().rowCount() == 2)
    page.filter.layer.show_value("rules")
    page.filter.layer.picked.emit("rules")
    await until(lambda: table(real.window).model().rowCount() == 1)
    (found,) = await client.listed("requests", CallRow, layer="rules")
    assert table(real.window).model().index(0, 0).data(ROW_ROLE) == found
    target = tmp_path / "out" / "saved.csv"
    await asyncio.to_thread(target.parent.mkdir)
    await page.export.write(target, "csv")
    lines = (await asyncio.to_thread(target.read_text)).splitlines()
    assert len(lines) == 2
    assert found.id in lines[1]
    assert await asyncio.to_thread(os.listdir, tmp_path / "out") == ["saved.csv"]
    QTest.keyClicks(page.filter.text, "no such thing")
    await until(lambda: "No request fits" in shown(real.window))
    page.filter.text.clear()
    page.filter.layer.show_value("")
    page.filter.layer.picked.emit("")
    await until(lambda: bool(tables(real.window)) and table(real.window).model().rowCount() == 2)


async def test_a_file_that_can_not_be_written_is_said(real: Desktop, tmp_path: Path) -> None:
    real.window.open_page("requests")
    page = real.window.findChild(RequestsPage)
    assert page is not None
    said: list[str] = []
    real.actions.failed.connect(said.append)
    await page.export.write(tmp_path / "nowhere" / "x.csv", "csv")
    real.actions.failed.disconnect(said.append)
    assert said == ["The file could not be written: No such file or directory"]


async def test_an_old_call_is_explained_from_the_log(desktop: Desktop, engine: FakeEngine) -> None:
    engine.calls = [samples.call(number, target="a/old") for number in range(1, 301)]
    desktop.window.open_page("requests")
    await until(lambda: bool(tables(desktop.window)))
    engine.calls[280] = samples.call(281, target="b/older")
    desktop.window.open_call("req-281")
    await until(lambda: "Why b/older?" in shown(desktop.window))
