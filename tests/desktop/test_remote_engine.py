"""A desktop joined to an engine elsewhere: followed like one here, never started or stopped."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from butler.contract.engine_file import EngineFile
from butler.contract.places import engine_file
from butler.contract.texts import load_texts
from butler.desktop.app import Desktop
from butler.desktop.engine_process import EngineFailed
from butler.desktop.preferences import Preferences
from butler.desktop.remote_engine import TOKEN, URL, RemoteEngine
from butler.desktop.state import Link
from tests.desktop.conftest import until
from tests.desktop.fake_engine import FakeEngine


def test_it_is_named_in_the_environment() -> None:
    assert RemoteEngine.named({}) is None
    assert RemoteEngine.named({URL: "http://server:8081", TOKEN: "t"}) is not None


async def test_it_is_found_with_its_token_alone(engine: FakeEngine, directory: Path) -> None:
    door = EngineFile.model_validate_json(engine_file(directory).read_bytes())
    found = await RemoteEngine(f"{door.admin_url}/", door.token).find()
    assert found is not None
    assert (found.pid, found.base_url) == (engine.status.pid, engine.status.base_url)
    stranger = RemoteEngine(door.admin_url, "wrong")
    assert await stranger.find() is None
    with pytest.raises(EngineFailed, match=TOKEN):
        await stranger.start()


@pytest.fixture
def elsewhere(
    qapp: QApplication, engine: FakeEngine, tmp_path: Path, directory: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Desktop:  # fmt: skip
    """A desktop with a data directory of its own, told of an engine elsewhere."""
    door = EngineFile.model_validate_json(engine_file(directory).read_bytes())
    monkeypatch.setenv(URL, door.admin_url)
    monkeypatch.setenv(TOKEN, door.token)
    own = tmp_path / "own"
    own.mkdir()
    Preferences(own).first_time("guide")
    return Desktop(qapp, own, load_texts("en"), ["false"])


async def test_a_desktop_follows_it(elsewhere: Desktop, engine: FakeEngine) -> None:
    running = asyncio.get_running_loop().create_task(elsewhere.run())
    await until(lambda: elsewhere.state.link is Link.RUNNING)
    assert engine.readers == 1
    elsewhere.quit()
    await running
    assert not engine.stopped.is_set()
    elsewhere.window.deleteLater()
