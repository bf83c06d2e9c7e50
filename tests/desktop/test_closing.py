"""Closing the window where there is no tray, as on this offscreen platform."""

import asyncio

from PySide6.QtWidgets import QMessageBox

from butler.desktop.app import Desktop
from tests.desktop.conftest import until


def _box(desktop: Desktop) -> QMessageBox | None:
    boxes = desktop.window.findChildren(QMessageBox)
    return next((box for box in boxes if box.isVisible()), None)


async def test_it_explains_once_and_then_quits(desktop: Desktop) -> None:
    quits: list[bool] = []
    desktop.actions.quit_asked.connect(lambda: quits.append(True))
    desktop.window.close()
    await until(lambda: _box(desktop) is not None)
    assert desktop.window.isVisible()
    box = _box(desktop)
    assert box is not None
    assert box.text() == "Quit when the window closes?"
    stay = next(button for button in box.buttons() if button.text() == "Stay open")
    stay.click()
    await asyncio.sleep(0.1)
    assert quits == []
    desktop.window.close()
    assert _box(desktop) is None
    assert quits == [True]


async def test_quitting_from_the_question(desktop: Desktop) -> None:
    desktop.window.close()
    await until(lambda: _box(desktop) is not None)
    box = _box(desktop)
    assert box is not None
    next(button for button in box.buttons() if button.text() == "Quit").click()
    await until(lambda: not desktop.window.isVisible())
