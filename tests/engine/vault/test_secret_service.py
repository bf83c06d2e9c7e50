"""The OS keyring of a real Linux desktop: stored, read, locked, missing, too slow."""

import asyncio
import gc
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from butler.engine.vault.key_file import KeyFile
from butler.engine.vault.master_key import FoundKey, Obstacle, new_key
from butler.engine.vault.os_keyring import OsKeyring
from butler.engine.vault.vault import open_vault
from tests.engine.vault.secret_service import Bus, running_bus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Secret Service is Linux's")


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    """A message bus without a keyring on it."""
    with running_bus(tmp_path) as running:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", running.address)
        yield running
    # The library leaves its connections to the collector, which must not complain of them later.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def desktop(bus: Bus) -> Bus:
    """The bus with an open keyring on it."""
    bus.start_keyring()
    return bus


async def test_a_key_is_stored_read_and_forgotten(desktop: Bus) -> None:
    source, key = OsKeyring(desktop.backend()), new_key()
    assert await source.read("vault_1") is Obstacle.EMPTY
    assert await source.keep("vault_1", key) == FoundKey(key)
    assert await OsKeyring(desktop.backend()).read("vault_1") == FoundKey(key)
    assert await source.read("vault_2") is Obstacle.EMPTY
    await asyncio.to_thread(desktop.stop_keyring)
    await asyncio.to_thread(desktop.start_keyring)
    assert await source.read("vault_1") == FoundKey(key)
    await source.forget("vault_1")
    assert await source.read("vault_1") is Obstacle.EMPTY


async def test_a_locked_keyring_is_not_taken_for_an_empty_one(desktop: Bus) -> None:
    source = OsKeyring(desktop.backend())
    await source.keep("vault_1", new_key())
    await asyncio.to_thread(desktop.lock)
    assert await source.read("vault_1") is Obstacle.LOCKED
    assert await source.keep("vault_2", new_key()) is Obstacle.LOCKED


async def test_without_a_keyring_on_the_bus_a_key_file_is_made(bus: Bus, tmp_path: Path) -> None:
    keyring = OsKeyring(bus.backend())
    assert isinstance(await keyring.read("vault_1"), Obstacle)
    opened = await open_vault([keyring, KeyFile(tmp_path)], "vault_1", None)
    assert opened.source_name == "key_file"


async def test_a_keyring_that_hangs_is_left_behind(desktop: Bus) -> None:
    source = OsKeyring(desktop.backend(), timeout_s=0.3)
    key = new_key()
    await OsKeyring(desktop.backend()).keep("vault_1", key)
    with desktop.hanging():
        assert await source.read("vault_1") is Obstacle.TIMED_OUT
    assert await OsKeyring(desktop.backend()).read("vault_1") == FoundKey(key)


async def test_the_library_chooses_it_by_itself(desktop: Bus, tmp_path: Path) -> None:
    script = (
        "import asyncio\n"
        "from butler.engine.vault.os_keyring import OsKeyring\n"
        "found = asyncio.run(OsKeyring().read('vault_1'))\n"
        "print(len(found.key))\n"
    )
    await OsKeyring(desktop.backend()).keep("vault_1", new_key())
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", script],
        env={**desktop.environment(), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("32\n", "")
