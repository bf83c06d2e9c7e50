"""`butler` without a command, where no window can be shown: it says so, and serves."""

import signal
from pathlib import Path

import pytest

from tests.e2e.process import butler

HEADLESS = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}


@pytest.mark.e2e
@pytest.mark.slow
async def test_without_a_display_it_serves(data_dir: Path) -> None:
    ports = {"BUTLER_PORT": "0", "BUTLER_ADMIN_PORT": "0"}
    async with butler(environment={**HEADLESS, **ports}) as program:
        await program.until("There is no display here: serving without a window.")
        await program.until("serves at http://localhost:")
        assert (data_dir / "engine.json").exists()
        assert await program.end(signal.SIGTERM) == 0
