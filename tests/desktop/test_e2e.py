"""The desktop with the real engine as its child: starts it, sees real calls, stops it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from butler.contract.engine_file import EngineFile
from butler.contract.places import engine_file
from butler.contract.resources import Status
from butler.contract.texts import load_texts
from butler.desktop.app import Desktop
from butler.desktop.engine_process import engine_command
from butler.desktop.state import Link
from tests.desktop.conftest import until
from tests.desktop.programs import environment

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's"),
]

_PATIENCE_S = 30.0


@pytest.fixture(autouse=True)
def _free_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(BUTLER_PORT="0", BUTLER_ADMIN_PORT="0").items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def built(qapp: QApplication, directory: Path) -> Desktop:
    """The desktop that will start an engine of its own."""
    return Desktop(qapp, directory, load_texts("en"), engine_command())


@pytest.fixture
async def real(built: Desktop, directory: Path) -> AsyncIterator[Desktop]:
    """The desktop with the engine that it started itself."""
    whole = built
    running = asyncio.get_running_loop().create_task(whole.run())
    await until(lambda: whole.state.link is Link.RUNNING, _PATIENCE_S)
    yield whole
    whole.quit()
    await running
    whole.window.deleteLater()
    assert not await asyncio.to_thread(engine_file(directory).exists)


async def _ask(desktop: Desktop, question: str) -> None:
    """Send a question as a tool would, with the token that the desktop copies for it."""
    # A new engine makes its first token only after it serves.
    await until(lambda: _status(desktop).default_token is not None)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("waiting")
    desktop.actions.copy_token()
    await until(lambda: clipboard.text() != "waiting")
    headers = {"Authorization": f"Bearer {clipboard.text()}"}
    body = {"model": "auto", "messages": [{"role": "user", "content": question}]}
    url = f"{_status(desktop).base_url}/chat/completions"
    async with aiohttp.ClientSession() as http, http.post(url, json=body, headers=headers) as reply:
        assert reply.status == 200
        await reply.read()


def _status(desktop: Desktop) -> Status:
    assert desktop.state.status is not None
    return desktop.state.status


def _shown(desktop: Desktop) -> list[str]:
    return [label.text() for label in desktop.window.findChildren(QLabel) if label.isVisible()]


async def test_a_real_call_is_seen_and_explained(real: Desktop) -> None:
    await _ask(real, "Refactor this Python function: def f(x): return x")
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
    await _ask(real, "Refactor this Python function: def f(x): return x")
    await until(lambda: len(real.state.calls) == 1)
    assert real.state.calls[0].layer == "default"
    assert real.state.calls[0].target == _status(real).default_target


@pytest.mark.allow_logs
async def test_a_killed_engine_comes_back(real: Desktop) -> None:
    before = _status(real).pid
    os.kill(before, signal.SIGKILL)
    await until(lambda: real.state.link is Link.LOST)
    await until(lambda: real.state.link is Link.RUNNING, _PATIENCE_S)
    assert _status(real).pid != before


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
