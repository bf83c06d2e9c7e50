"""The table of requests and the reasons beside it."""

import asyncio
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from butler.contract.resources import CallRow, Token, TokenSecret
from butler.desktop.app import Desktop
from butler.desktop.data_plane import send
from butler.desktop.models.cells import ROW_ROLE
from butler.desktop.models.log import PAGE_ROWS
from butler.desktop.pages.requests import RequestsPage
from butler.desktop.snippets import TOKEN_PLACEHOLDER
from butler.desktop.widgets.requests.again_dialog import AgainDialog
from butler.desktop.widgets.select import Select
from tests.desktop import samples
from tests.desktop.asking import ask, status_of
from tests.desktop.conftest import until
from tests.desktop.eyes import choose, click, entry, press, shown, table, tables
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


async def _filtered(real: Desktop) -> RequestsPage:
    """Return the page over four calls: two of another tool's token, one streamed, one kept."""
    client = real.desk.engine.client
    other = await client.ask("POST", "tokens", TokenSecret, {"name": "laptop", "keep_copy": True})
    url = status_of(real).base_url
    await send(url, other.token, "chat/completions", _body("Hi there"))
    await send(url, other.token, "chat/completions", _body("Hi there"))
    await ask(real, "Refactor this Python function: def f(x): return x")
    await ask(real, "Write a poem about rain")
    real.window.open_page("requests")
    page = real.window.findChild(RequestsPage)
    assert page is not None
    await until(lambda: bool(tables(real.window)) and table(real.window).model().rowCount() == 4)
    return page


def _body(question: str) -> dict[str, object]:
    return {"model": "auto", "messages": [{"role": "user", "content": question}]}


@pytest.mark.parametrize(
    ("select", "words", "query"),
    [
        ("token", "laptop", {"token": "laptop"}),
        ("model", "demo/strong", {"model": "demo/strong"}),
        ("rule", "Code and maths to the strong model", {"rule": "demo-hard"}),
        ("how", "From a cache", {"cached": True}),
        ("how", "Streamed", {"streaming": "true"}),
        ("statuses", "Failed", {"status": "error"}),
        ("time", "Last hour", {}),
    ],
)
async def test_every_filter_is_the_engines(
    real: Desktop, select: str, words: str, query: dict[str, str | bool]
) -> None:
    page = await _filtered(real)
    offered = page.findChild(Select, f"filter.{select}")
    assert offered is not None
    await until(lambda: offered.findText(words) >= 0, 20)
    if "token" in query:
        tokens = await real.desk.engine.client.listed("tokens", Token)
        query = {"token": next(each.id for each in tokens if each.name == query["token"])}
    choose(page, f"filter.{select}", words)
    wanted = await real.desk.engine.client.listed("requests", CallRow, **query)
    shown_ids = lambda: [  # noqa: E731 - read again and again
        page.calls.index(row, 0).data(ROW_ROLE).id for row in range(page.calls.rowCount())
    ]
    if wanted:
        await until(lambda: shown_ids() == [call.id for call in wanted])
    else:
        await until(lambda: "No request fits" in shown(real.window))
    press(page, "filter.clear")
    await until(lambda: page.calls.rowCount() == 4)
    assert not page.filter.clear.isVisible()


async def test_words_that_were_not_kept_are_not_offered(real: Desktop) -> None:
    page = await _filtered(real)
    await until(lambda: page.call_actions.isVisible())
    assert not page.call_actions.curl.isEnabled()
    assert "were not kept" in page.call_actions.curl.toolTip()
    assert not page.call_actions.again.isEnabled()


async def test_a_call_is_asked_again_elsewhere(real: Desktop) -> None:
    await real.desk.engine.client.change_setting("log.bodies", "full")
    await ask(real, "What's the capital of Peru?")
    real.window.open_page("requests")
    page = real.window.findChild(RequestsPage)
    assert page is not None
    await until(lambda: page.call_actions.again.isEnabled())
    press(page, "call.curl")
    copied = QGuiApplication.clipboard().text()
    assert f"curl {status_of(real).base_url}/chat/completions" in copied
    assert "What'\\''s the capital of Peru?" in copied
    assert TOKEN_PLACEHOLDER in copied
    press(page, "call.again")
    dialog = page.window().findChild(AgainDialog)
    assert dialog is not None
    await until(lambda: dialog.model.count() == 2)
    choose(dialog, "again.model", "demo/strong")
    press(dialog, "again.send")
    await until(lambda: dialog.took.text().startswith("demo/strong · "), 30)
    assert "Peru" in dialog.answer.text()
    dialog.reject()
    await until(lambda: page.calls.rowCount() == 2)
    assert page.calls.index(0, 0).data(ROW_ROLE).layer == "direct"
