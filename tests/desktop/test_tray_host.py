"""The tray in a real tray: Xvfb for a screen, trayer for a host, xdotool for hands."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from butler.contract.resources import State
from tests.desktop.conftest import until
from tests.desktop.fake_engine import FakeEngine
from tests.desktop.programs import environment

_MISSING = [name for name in ("Xvfb", "trayer", "xdotool") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}"),
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
_TRAYER = ("--edge", "bottom", "--align", "right", "--widthtype", "request", "--height", "28")
_LEFT, _RIGHT = 1, 3
_POPUP_S = 0.5
_PATIENCE_S = 20.0


@asynccontextmanager
async def _running(*command: str, **changes: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(*command, env=environment(**changes))
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), _PATIENCE_S)


class Screen:
    """An X server of our own, and hands on it."""

    def __init__(self, display: str) -> None:
        self.display = display

    async def hands(self, *command: str) -> str:
        """Do something with xdotool; return what it prints."""
        process = await asyncio.create_subprocess_exec(
            "xdotool", *command, env=environment(DISPLAY=self.display), stdout=-1, stderr=-1
        )
        out, _ = await process.communicate()
        return out.decode().strip()

    async def windows(self, name: str) -> str:
        """Return the ids of the windows with this title that can be seen."""
        return await self.hands("search", "--onlyvisible", "--name", name)

    async def until_window(self, *, visible: bool) -> None:
        """Wait until the desktop's window is there, or is gone."""
        async with asyncio.timeout(_PATIENCE_S):
            while bool(await self.windows("Smart Routing Butler")) is not visible:  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def click_tray(self, button: int) -> None:
        """Click the one icon in the tray."""
        tray = (await self.hands("search", "--onlyvisible", "--class", "trayer")).split()[-1]
        lines = (await self.hands("getwindowgeometry", "--shell", tray)).splitlines()
        where = dict(line.split("=", 1) for line in lines)
        x = int(where["X"]) + int(where["WIDTH"]) // 2
        y = int(where["Y"]) + int(where["HEIGHT"]) // 2
        await self.hands("mousemove", str(x), str(y), "click", str(button))


@pytest.fixture
async def screen(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Screen]:
    """A screen nobody sees."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    ends = os.pipe()
    server = await asyncio.create_subprocess_exec(
        "Xvfb",
        "-displayfd",
        str(ends[1]),
        "-screen",
        "0",
        "1400x900x24",
        "-nolisten",
        "tcp",
        pass_fds=(ends[1],),
        stderr=asyncio.subprocess.DEVNULL,
    )
    os.close(ends[1])
    with os.fdopen(ends[0]) as told:
        number = await asyncio.to_thread(told.readline)
    yield Screen(f":{number.strip()}")
    server.terminate()
    await server.wait()


@pytest.fixture
async def probe(screen: Screen, engine: FakeEngine) -> AsyncIterator[asyncio.subprocess.Process]:
    """The desktop in a tray that came after it, its window closed."""
    shown = {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    async with _running(sys.executable, "-m", "tests.desktop.tray_probe", **shown) as desktop:
        await until(lambda: engine.readers == 1, _PATIENCE_S)
        await screen.until_window(visible=True)
        async with _running("trayer", *_TRAYER, DISPLAY=screen.display):
            await screen.until_window(visible=False)
            yield desktop


async def test_a_click_opens_the_window(screen: Screen, probe: asyncio.subprocess.Process) -> None:
    await screen.click_tray(_LEFT)
    await screen.until_window(visible=True)


async def test_the_menu_switches_routing_and_quits(
    screen: Screen, probe: asyncio.subprocess.Process, engine: FakeEngine
) -> None:
    await screen.click_tray(_RIGHT)
    await asyncio.sleep(_POPUP_S)
    await screen.hands("key", "Down", "Return")
    await until(lambda: engine.status.state is State.OFF, _PATIENCE_S)

    await screen.click_tray(_RIGHT)
    await asyncio.sleep(_POPUP_S)
    await screen.hands("key", "Up", "Return")
    assert await asyncio.wait_for(probe.wait(), _PATIENCE_S) == 0


async def test_light_and_dark_follow_the_system(screen: Screen) -> None:
    told = {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "QT_QPA_PLATFORMTHEME": "gnome"}
    async with _running(sys.executable, "-c", _SCHEME, **told) as process:
        assert await asyncio.wait_for(process.wait(), _PATIENCE_S) == 0
