"""What stands in the window's place while there is no engine."""

from PySide6.QtWidgets import (
    QAbstractButton,
    QPlainTextEdit,
)

from butler.desktop.app import Desktop
from butler.desktop.failure import Failure, FailureKind
from butler.desktop.pages.engine import EnginePage
from butler.desktop.state import Link
from tests.desktop.conftest import until
from tests.desktop.eyes import click, shown
from tests.desktop.fake_engine import FakeEngine


async def test_a_failed_engine_says_what_happened(desktop: Desktop) -> None:
    window = desktop.window
    desktop.state.set_link(
        Link.FAILED, Failure(FailureKind.REFUSED, ("Port 8080 is taken.", "Stop it."))
    )
    seen = shown(window)
    assert "The engine can not start" in seen
    assert "It says why below. Put that right, then try again." in seen
    page = window.findChild(EnginePage)
    assert page is not None
    log = page.findChild(QPlainTextEdit)
    assert log is not None
    assert log.isVisible()
    assert log.toPlainText() == "Port 8080 is taken.\nStop it."
    assert window.findChild(QAbstractButton, "engine.retry").isVisible()


async def test_a_stopped_engine_can_be_started_from_here(
    desktop: Desktop, engine: FakeEngine
) -> None:
    window = desktop.window
    await engine.stop()
    await until(lambda: "The engine is stopped" in shown(window))
    assert "http" not in "".join(shown(window))
    await engine.start()
    click(window.findChild(QAbstractButton, "engine.retry"))
    await until(lambda: "Connect a tool" in shown(window))
