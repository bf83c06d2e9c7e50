"""From nothing to a routed request, as a new owner goes it, on a screen with a tray."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.desktop.programs import environment
from tests.desktop.screen import MISSING, TRAYER, Screen, a_screen, running

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]

_ALL_S = 180.0
_GUIDE_S = 120.0
_WIZARD_S = 120.0


@pytest.fixture
async def screen(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Screen]:
    """A screen nobody sees, and no bus that would offer another tray."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with a_screen() as shown:
        yield shown


@pytest.mark.timeout(_ALL_S + 30)
async def test_a_new_owners_first_minutes(screen: Screen, directory: Path) -> None:
    shown = environment(
        DISPLAY=screen.display, QT_QPA_PLATFORM="xcb", BUTLER_PORT="0", BUTLER_ADMIN_PORT="0"
    )
    async with running("trayer", *TRAYER, DISPLAY=screen.display):
        walk = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.desktop.walk", env=shown, stdout=-1, stderr=-1
        )
        out, errors = await asyncio.wait_for(walk.communicate(), _ALL_S)
    assert walk.returncode == 0, errors.decode()[-4000:]
    told = re.search(rb"the guide took ([\d.]+) s", out)
    assert told is not None
    assert float(told[1]) < _GUIDE_S
    told = re.search(rb"the wizard took ([\d.]+) s", out)
    assert told is not None
    assert float(told[1]) < _WIZARD_S
