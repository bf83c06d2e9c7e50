"""The desktop with the real engine as its child: starts it, sees real calls, stops it."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from butler.contract.engine_file import EngineFile
from butler.contract.places import engine_file
from butler.desktop.app import Desktop
from butler.desktop.state import Link
from tests.desktop.asking import ask, status_of
from tests.desktop.conftest import until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's"),
]

_PATIENCE_S = 30.0


def _shown(desktop: Desktop) -> list[str]:
    return [label.text() for label in desktop.window.findChildren(QLabel) if label.isVisible()]


async def test_a_real_call_is_seen_and_explained(real: Desktop) -> None:
    await ask(real, "Refactor this Python function: def f(x): return x")
    await until(lambda: len(real.state.calls) == 1)
    call = real.state.calls[0]
    assert call.layer == "rules"
    assert call.target == "demo/strong"
    real.window.open_call(call.id)
    await until(lambda: "Why demo/strong?" in _shown(real))
    assert "demo/strong answered" in _shown(real)


async def test_the_switch_reaches_the_real_engine(real: Desktop) -> None:
    real.actions.set_routing(False)
    await until(lambda: not real.state.routing)
    await ask(real, "Refactor this Python function: def f(x): return x")
    await until(lambda: len(real.state.calls) == 1)
    assert real.state.calls[0].layer == "default"
    assert real.state.calls[0].target == status_of(real).default_target


@pytest.mark.allow_logs
async def test_a_killed_engine_comes_back(real: Desktop) -> None:
    before = status_of(real).pid
    os.kill(before, signal.SIGKILL)
    await until(lambda: real.state.link is Link.LOST)
    await until(lambda: real.state.link is Link.RUNNING, _PATIENCE_S)
    assert status_of(real).pid != before


async def test_the_command_without_a_subcommand(directory: Path) -> None:
    """`butler` opens the desktop, and takes its engine along when it ends."""
    butler = await asyncio.create_subprocess_exec(sys.executable, "-m", "butler", stderr=-1)
    plate = engine_file(directory)
    await until(plate.exists, _PATIENCE_S)
    door = EngineFile.model_validate_json(await asyncio.to_thread(plate.read_bytes))
    assert door.pid != butler.pid
    butler.terminate()
    _, said = await asyncio.wait_for(butler.communicate(), _PATIENCE_S)
    assert butler.returncode == 0
    assert b"Traceback" not in said
    assert not plate.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(door.pid, 0)
