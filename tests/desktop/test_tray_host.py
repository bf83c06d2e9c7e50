"""The tray in a real tray: Xvfb for a screen, trayer for a host, xdotool for hands."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest

from butler.contract.resources import State
from tests.desktop.conftest import until
from tests.desktop.fake_engine import FakeEngine
from tests.desktop.screen import (
    LEFT,
    MISSING,
    PATIENCE_S,
    POPUP_S,
    RIGHT,
    TRAYER,
    Screen,
    a_screen,
    running,
)

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]

_SCHEME = (
    "import sys\n"
    "from PySide6.QtCore import Qt\n"
    "from PySide6.QtWidgets import QApplication\n"
    "from butler.desktop.theme import Theme\n"
    "from butler.desktop.tokens import DARK, LIGHT\n"
    "app = QApplication([])\n"
    "theme = Theme(app)\n"
    "app.styleHints().setColorScheme(Qt.ColorScheme.Dark)\n"
    "app.processEvents()\n"
    "dark = theme.tokens is DARK\n"
    "app.styleHints().setColorScheme(Qt.ColorScheme.Light)\n"
    "app.processEvents()\n"
    "sys.exit(not (dark and theme.tokens is LIGHT))\n"
)


@pytest.fixture
async def screen(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Screen]:
    """A screen nobody sees, and no bus that would offer another tray."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with a_screen() as shown:
        yield shown


@pytest.fixture
async def probe(screen: Screen, engine: FakeEngine) -> AsyncIterator[asyncio.subprocess.Process]:
    """The desktop in a tray that came after it, its window closed."""
    shown = {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    async with running(sys.executable, "-m", "tests.desktop.tray_probe", **shown) as desktop:
        await until(lambda: engine.readers == 1, PATIENCE_S)
        await screen.until_window(visible=True)
        async with running("trayer", *TRAYER, DISPLAY=screen.display):
            await screen.until_window(visible=False)
            yield desktop


async def test_a_click_opens_the_window(screen: Screen, probe: asyncio.subprocess.Process) -> None:
    await screen.click_tray(LEFT)
    await screen.until_window(visible=True)


async def test_the_menu_switches_routing_and_quits(
    screen: Screen, probe: asyncio.subprocess.Process, engine: FakeEngine
) -> None:
    await screen.click_tray(RIGHT)
    await asyncio.sleep(POPUP_S)
    await screen.hands("key", "Down", "Return")
    await until(lambda: engine.status.state is State.OFF, PATIENCE_S)

    await screen.click_tray(RIGHT)
    await asyncio.sleep(POPUP_S)
    await screen.hands("key", "Up", "Return")
    assert await asyncio.wait_for(probe.wait(), PATIENCE_S) == 0


async def test_light_and_dark_follow_the_system(screen: Screen) -> None:
    told = {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "QT_QPA_PLATFORMTHEME": "gnome"}
    async with running(sys.executable, "-c", _SCHEME, **told) as process:
        assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 0
