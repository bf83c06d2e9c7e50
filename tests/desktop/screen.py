"""A screen nobody sees, with hands on it: Xvfb, xdotool, and a host for tray icons."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.desktop.programs import environment

MISSING = [name for name in ("Xvfb", "trayer", "xdotool") if shutil.which(name) is None]
TRAYER = ("--edge", "bottom", "--align", "right", "--widthtype", "request", "--height", "28")
LEFT, RIGHT = 1, 3
PATIENCE_S = 20.0
POPUP_S = 0.5


@asynccontextmanager
async def running(*command: str, **changes: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a program until the block ends."""
    process = await asyncio.create_subprocess_exec(*command, env=environment(**changes))
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), PATIENCE_S)


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
        async with asyncio.timeout(PATIENCE_S):
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


@asynccontextmanager
async def a_screen() -> AsyncIterator[Screen]:
    """Have an X server until the block ends."""
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
