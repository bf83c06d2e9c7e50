"""Runs the desktop's coroutine tests in Qt's event loop, beside a real admin server."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from blockbuster import blockbuster_ctx
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from butler.contract.places import engine_file
from butler.contract.texts import load_texts
from butler.desktop.app import Desktop
from butler.desktop.engine_process import engine_command
from butler.desktop.formats import Formats
from butler.desktop.icons import load_icons
from butler.desktop.look import Look
from butler.desktop.preferences import Preferences
from butler.desktop.state import Link
from butler.desktop.theme import Scheme, Theme
from tests.desktop.fake_engine import FakeEngine
from tests.desktop.programs import environment

_PATIENCE_S = 10.0
_START_S = 30.0


class _Held:
    """A callback that waits until its loop runs."""

    def __init__(self, handle: asyncio.Handle, loop: "PausedLoop") -> None:
        self._handle = handle
        self._loop = loop

    @property
    def _cancelled(self) -> bool:
        return self._handle.cancelled()

    def _run(self) -> None:
        if self._loop.is_running():
            self._handle._run()
        else:
            self._loop._add_callback(self._handle)


class PausedLoop(QEventLoop):
    """Stands still between a test and its fixtures, where pytest-qt lets Qt's events through.

    Callbacks would run there without a running loop, which never happens in the desktop.
    """

    def _add_callback(self, handle: asyncio.Handle, delay: float = 0) -> asyncio.Handle:
        super()._add_callback(_Held(handle, self), delay)
        return handle


def _qt_loop() -> QEventLoop:
    return PausedLoop(QApplication.instance() or QApplication([]))


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Let asyncio run on Qt's loop, as it does in the desktop."""
    return {"qt": _qt_loop}


async def until(met: Callable[[], bool], patience_s: float = _PATIENCE_S) -> None:
    """Wait until something is so; fail when it does not become so."""
    deadline = asyncio.get_running_loop().time() + patience_s
    while not met():
        assert asyncio.get_running_loop().time() < deadline, "It never came to be."
        await asyncio.sleep(0.02)


@pytest.fixture
def directory() -> Path:
    """The test's own data directory."""
    return Path(os.environ["BUTLER_DATA_DIR"])


@pytest.fixture
async def engine(directory: Path) -> AsyncIterator[FakeEngine]:
    """An admin server that serves."""
    serving = FakeEngine(directory)
    await serving.start()
    yield serving
    await serving.stop()


@pytest.fixture(scope="session", autouse=True)
def _outlasts_its_windows(qapp: QApplication) -> None:
    """As the desktop has it: or the last dialog to close would end the loop of a later test."""
    qapp.setQuitOnLastWindowClosed(False)


@pytest.fixture(autouse=True)
def _own_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What starts with the session of whoever runs the tests is none of their business."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def _no_blocking_in_the_window() -> Iterator[None]:
    """Fail when the desktop blocks the loop that draws it."""
    with blockbuster_ctx("butler.desktop"):
        yield


def _was_told(directory: Path) -> None:
    """Let the owner have heard what comes by itself once, at a time that a test does not choose."""
    preferences = Preferences(directory)
    for matter in ("guide", "no-tray"):
        preferences.first_time(matter)


@pytest.fixture
def built(qapp: QApplication, directory: Path) -> Desktop:
    """The whole desktop in English, not yet running."""
    _was_told(directory)
    return Desktop(qapp, directory, load_texts("en"), [])


@pytest.fixture
async def desktop(built: Desktop, engine: FakeEngine) -> AsyncIterator[Desktop]:
    """The whole desktop, joined to the admin server."""
    whole = built
    running = asyncio.get_running_loop().create_task(whole.run())
    await until(lambda: whole.state.link is Link.RUNNING)
    yield whole
    whole.quit()
    await running
    whole.window.deleteLater()


@pytest.fixture
def speaking() -> str:
    """The language of a desktop with a real engine; a test may choose another."""
    return "en"


@pytest.fixture
def unserved(
    qapp: QApplication, directory: Path, monkeypatch: pytest.MonkeyPatch, speaking: str
) -> Desktop:
    """The whole desktop, not yet running, that will start a real engine on free ports."""
    _was_told(directory)
    for name, value in environment(BUTLER_PORT="0", BUTLER_ADMIN_PORT="0").items():
        monkeypatch.setenv(name, value)
    return Desktop(qapp, directory, load_texts(speaking), engine_command())


@pytest.fixture
async def real(unserved: Desktop, directory: Path) -> AsyncIterator[Desktop]:
    """The whole desktop with a real engine, which it starts and stops itself."""
    running = asyncio.get_running_loop().create_task(unserved.run())
    await until(lambda: unserved.state.link is Link.RUNNING, _START_S)
    yield unserved
    unserved.quit()
    await running
    unserved.window.deleteLater()
    assert not await asyncio.to_thread(engine_file(directory).exists)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """English words on light colours."""
    texts = load_texts("en")
    yield Look(Theme(qapp, Scheme.LIGHT), texts, Formats(texts), load_icons())
