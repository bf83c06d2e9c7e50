"""Closing the window where there is no tray, as on this offscreen platform."""

import asyncio

import aiohttp
from PySide6.QtWidgets import QMessageBox

from butler.desktop.app import Desktop
from tests.desktop.asking import status_of, token_of
from tests.desktop.conftest import until
from tests.fakes import Endless, Upstream


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


async def test_answers_on_their_way_are_asked_about_once(real: Desktop) -> None:
    async with Upstream() as up:
        models = [{"name": "alpha"}]
        body = {"name": "acme", "kind": "openai_compatible", "base_url": up.base_url}
        client = real.desk.engine.client
        await client.send("POST", "providers", {**body, "api_key": up.key, "models": models})
        up.script(Endless(chunk_delay_s=0.05))
        asked = {
            "model": "acme/alpha",
            "stream": True,
            "messages": [{"role": "user", "content": "Tell me a story without an end."}],
        }
        url = f"{status_of(real).base_url}/chat/completions"
        headers = {"Authorization": f"Bearer {await token_of(real)}"}
        async with (
            aiohttp.ClientSession() as http,
            http.post(url, json=asked, headers=headers),
        ):
            await until(lambda: status_of(real).in_flight == 1)
            real.actions.quit_asked.emit()
            await until(lambda: _box(real) is not None)
            box = _box(real)
            assert box is not None
            assert box.text() == "1 request is being answered"
            next(button for button in box.buttons() if button.text() == "Stay open").click()
            await until(lambda: _box(real) is None)
            assert real.window.isVisible()
        await until(lambda: status_of(real).in_flight == 0)
