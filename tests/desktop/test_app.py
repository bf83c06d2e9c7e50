"""The desktop as a process of its own, offscreen, beside an engine that already serves."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.desktop.conftest import until
from tests.desktop.fake_engine import FakeEngine
from tests.desktop.programs import environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")

_OPEN = """
import argparse, sys
from butler.desktop.app import run
sys.exit(run(argparse.Namespace(hidden=False)))
"""
_PATIENCE_S = 20.0


async def _open_desktop() -> asyncio.subprocess.Process:
    free = environment(BUTLER_PORT="0", BUTLER_ADMIN_PORT="0")
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", _OPEN, env=free, stderr=asyncio.subprocess.PIPE
    )


@pytest.fixture
async def opened(engine: FakeEngine) -> AsyncIterator[asyncio.subprocess.Process]:
    """A desktop that follows the engine."""
    process = await _open_desktop()
    await until(lambda: engine.readers == 1, _PATIENCE_S)
    yield process
    if process.returncode is None:
        process.kill()
        await process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_cleanly(
    opened: asyncio.subprocess.Process, engine: FakeEngine, number: signal.Signals
) -> None:
    opened.send_signal(number)
    _, said = await asyncio.wait_for(opened.communicate(), _PATIENCE_S)
    assert opened.returncode == 0
    assert b"Traceback" not in said
    # It was not ours to stop.
    assert not engine.stopped.is_set()


async def test_a_second_start_leaves_it_to_the_first(
    opened: asyncio.subprocess.Process, engine: FakeEngine
) -> None:
    second = await _open_desktop()
    await asyncio.wait_for(second.communicate(), _PATIENCE_S)
    assert second.returncode == 0
    assert opened.returncode is None
    assert engine.readers == 1


async def test_the_data_directory_is_for_its_owner_only(directory: Path) -> None:
    process = await _open_desktop()
    await until(directory.exists, _PATIENCE_S)
    process.terminate()
    await asyncio.wait_for(process.communicate(), _PATIENCE_S)
    assert _mode(directory) & 0o077 == 0


def _mode(path: Path) -> int:
    return path.stat().st_mode
