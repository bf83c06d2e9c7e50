"""What the first page shows, and where it leads."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLineEdit,
)

from butler.desktop.app import Desktop
from butler.desktop.widgets.copy_button import CopyButton
from butler.desktop.widgets.notice import Notice
from tests.desktop import samples
from tests.desktop.conftest import until
from tests.desktop.eyes import click, entry, shown, table, tables
from tests.desktop.fake_engine import FakeEngine


async def test_the_token_is_never_shown(desktop: Desktop) -> None:
    fields = {each.accessibleName(): each for each in desktop.window.findChildren(QLineEdit)}
    assert fields["Base URL"].text() == "http://localhost:8080/v1"
    assert set(fields["Token"].text()) == {"•"}
    button = next(
        each
        for each in desktop.window.findChildren(CopyButton)
        if each.accessibleName() == "Copy: Token"
    )
    click(button)
    await until(lambda: QGuiApplication.clipboard().text() == samples.TOKEN)
    await until(lambda: button.text() == "Copied")
    assert not any(samples.TOKEN in text for text in shown(desktop.window))


async def test_before_the_first_request_it_says_what_to_do(desktop: Desktop) -> None:
    seen = "\n".join(shown(desktop.window))
    assert "No requests yet" in seen
    assert "curl http://localhost:8080/v1/chat/completions" in seen
    assert "The demo provider answers while no other is configured." in seen


async def test_the_days_figures(desktop: Desktop, engine: FakeEngine) -> None:
    engine.configure(
        requests_today=1214, spent_today_usd=Decimal("0.83"), unpriced_today=3, in_flight=2
    )
    await until(lambda: "1,214" in shown(desktop.window))
    seen = shown(desktop.window)
    assert {"$0.83", "3", "2", "not in the sum"} <= set(seen)


async def test_warnings_stand_on_the_page_and_go(desktop: Desktop, engine: FakeEngine) -> None:
    engine.configure(warnings=[samples.WARNING])
    await until(lambda: len(desktop.window.findChildren(Notice)) == 1)
    title = "The master key lies in a file instead of the system's keyring."
    assert title in shown(desktop.window)
    engine.configure(warnings=[])
    await until(lambda: desktop.window.findChildren(Notice) == [])


async def test_a_decision_on_the_first_page_leads_to_its_reasons(
    desktop: Desktop, engine: FakeEngine
) -> None:
    engine.record(samples.call(2, target="a/first"))
    engine.record(samples.call(1, target="b/second"))
    await until(lambda: len(tables(desktop.window)) == 1)
    calls = table(desktop.window)
    calls.select_row(1)
    QTest.keyClick(calls, Qt.Key.Key_Return)
    assert "Why a/first?" in shown(desktop.window)
    assert entry(desktop.window, "requests").isChecked()
