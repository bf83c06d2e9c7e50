"""The guide comes by itself once, knows what is done, and can be left at any step."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from butler.contract.texts import load_texts
from butler.desktop.app import Desktop
from butler.desktop.state import Link
from butler.desktop.widgets.guide.first_request import FirstRequest
from butler.desktop.widgets.guide.guide import Guide
from butler.desktop.widgets.guide.your_tool import YourTool
from tests.desktop.conftest import until
from tests.desktop.eyes import choose, press, shown
from tests.desktop.fake_engine import FakeEngine


def _guides(desktop: Desktop) -> list[Guide]:
    return [each for each in desktop.window.findChildren(Guide) if each.isVisible()]


@pytest.fixture
def starts(qapp: QApplication, directory: Path) -> list[Desktop]:
    """The desktop of a new owner, twice."""
    return [Desktop(qapp, directory, load_texts("en"), []) for _ in range(2)]


@pytest.mark.usefixtures("engine")
async def test_it_comes_once_by_itself(starts: list[Desktop]) -> None:
    for desktop, comes in zip(starts, (True, False), strict=True):
        running = asyncio.get_running_loop().create_task(desktop.run())
        await until(lambda to=desktop: to.state.link is Link.RUNNING)
        assert bool(_guides(desktop)) is comes
        for guide in _guides(desktop):
            press(guide, "guide.skip")
            assert not guide.isVisible()
        desktop.quit()
        await running
        desktop.window.deleteLater()


async def test_it_is_asked_for_on_the_first_page(desktop: Desktop, engine: FakeEngine) -> None:
    assert not _guides(desktop)
    press(desktop.window, "guide.open")
    await until(lambda: len(_guides(desktop)) == 1)
    _guides(desktop)[0].reject()


async def test_the_steps(real: Desktop) -> None:
    press(real.window, "guide.open")
    await until(lambda: len(_guides(real)) == 1)
    guide = _guides(real)[0]
    await until(lambda: any("demo provider answers" in text for text in shown(guide)))
    press(guide, "guide.next")
    assert isinstance(guide.step, YourTool)
    choose(guide, "guide.which", "aider")
    press(guide, "guide.make")
    await until(lambda: guide.step.done)
    assert "✓  Your tool" in shown(guide)
    lines = guide.step.lines
    lines.copy_asked.emit()
    copied = QGuiApplication.clipboard().text()
    assert f"export OPENAI_API_KEY={guide.step.secret}" in copied
    assert not any(str(guide.step.secret) in text for text in shown(guide))
    press(guide, "guide.next")
    step = guide.step
    assert isinstance(step, FirstRequest)
    press(guide, "guide.send")
    await until(step.why.isVisible, 30)
    assert "✓  First request" in shown(guide)
    (call,) = real.state.calls
    assert call.token_name == "aider"
    press(guide, "guide.back")
    assert isinstance(guide.step, YourTool)
    guide.reject()


async def test_what_went_wrong_is_told(real: Desktop) -> None:
    press(real.window, "guide.open")
    await until(lambda: len(_guides(real)) == 1)
    guide = _guides(real)[0]
    press(guide, "guide.next")
    press(guide, "guide.next")
    await real.desk.engine.client.change_setting("server.paused", True)
    press(guide, "guide.send")
    await until(lambda: any(text.startswith("No answer: ") for text in shown(guide)), 30)
    assert not guide.step.done
    guide.reject()
