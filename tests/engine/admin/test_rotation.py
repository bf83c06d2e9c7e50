"""A new master key: everything opens under it, and whatever happens half-way loses nothing."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from butler.engine.admin.exchange import Clash
from butler.engine.admin.rotation import Places, rotate
from butler.engine.store import meta, providers
from butler.engine.store.database import Database
from butler.engine.store.sealed import key_record
from butler.engine.vault.environment import Environment
from butler.engine.vault.key_file import KeyFile
from butler.engine.vault.master_key import KeySource
from butler.engine.vault.os_keyring import OsKeyring
from butler.engine.vault.vault import Vault, open_vault
from tests.engine.store.records import provider
from tests.engine.vault.keyrings import MemoryKeyring

SECRET = b"sk-secret"


async def moved_in(directory: Path, place: KeySource, keys: int = 1) -> tuple[Database, Vault]:
    """A store with sealed keys and its vault, as an engine would have left it."""
    database = await Database.open(None, directory)
    async with database.begin() as connection:
        vault_id = await meta.ensure_vault_id(connection)
        opened = await open_vault([place], vault_id, None)
        await meta.put_vault_check(connection, opened.check)
        for number in range(keys):
            id_ = f"prov_{number}"
            sealed = opened.vault.seal(key_record(id_), SECRET)
            await providers.add(connection, provider(id_, key_envelope=sealed))
    return database, opened.vault


async def secrets_of(database: Database, *places: KeySource) -> tuple[str, set[bytes]]:
    """Open the store as the next start would: where the key lies, and what the secrets are."""
    async with database.connect() as connection:
        vault_id = await meta.get(connection, "vault_id")
        check = await meta.vault_check(connection)
        found = await providers.list_all(connection)
    assert vault_id
    opened = await open_vault(places, vault_id, check)
    keys = {
        opened.vault.open(key_record(record.id), record.key_envelope or b"") for record in found
    }
    return opened.source_name, keys


def key_files(directory: Path) -> list[str]:
    return [path.read_text() for path in directory.glob("*.key")]


async def test_everything_opens_under_the_new_key_here_and_after_a_restart(tmp_path: Path) -> None:
    place = KeyFile(tmp_path)
    database, vault = await moved_in(tmp_path, place, keys=3)
    old = (tmp_path / "master.key").read_text()
    for _ in range(2):
        done = await rotate(database, vault, Places(place, place))
        assert (done.source, done.resealed, done.unreadable) == ("key_file", 3, 0)
        assert await secrets_of(database, place) == ("key_file", {SECRET})
        assert vault.open("x", vault.seal("x", b"y")) == b"y"
    assert [text for text in key_files(tmp_path) if text != old] == key_files(tmp_path)
    assert len(key_files(tmp_path)) == 1
    await database.close()


async def test_a_key_file_moves_into_the_keyring(tmp_path: Path) -> None:
    file, keyring = KeyFile(tmp_path), OsKeyring(MemoryKeyring())
    database, vault = await moved_in(tmp_path, file)
    done = await rotate(database, vault, Places(file, keyring))
    assert (done.source, done.warnings) == ("os_keyring", ())
    assert await secrets_of(database, keyring, file) == ("os_keyring", {SECRET})
    assert key_files(tmp_path) == []
    await database.close()


async def test_a_place_that_takes_no_key_changes_nothing(tmp_path: Path) -> None:
    file = KeyFile(tmp_path)
    database, vault = await moved_in(tmp_path, file)
    with pytest.raises(Clash, match="BUTLER_MASTER_KEY can not be written"):
        await rotate(database, vault, Places(file, Environment({})))
    assert await secrets_of(database, file) == ("key_file", {SECRET})
    await database.close()


async def test_the_old_key_goes_only_when_a_loss_of_power_would_bring_nothing_back(
    tmp_path: Path,
) -> None:
    place = KeyFile(tmp_path)
    database, vault = await moved_in(tmp_path, place)
    await rotate(database, vault, Places(place, place))
    # What is in the journal only, the disk may not have seen yet.
    (tmp_path / "left.db").write_bytes((tmp_path / "butler.db").read_bytes())
    left = await Database.open(f"sqlite:///{tmp_path / 'left.db'}", tmp_path)
    assert await secrets_of(left, place) == ("key_file", {SECRET})
    await left.close()
    await database.close()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
async def test_killed_between_any_two_steps_the_store_still_opens(tmp_path: Path) -> None:
    place = KeyFile(tmp_path / "data")
    database, _ = await moved_in(tmp_path / "data", place, keys=2)
    await database.close()
    script = Path(__file__).with_name("kill_rotation.py")
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, str(script), str(tmp_path / "data")],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    died, _, switched, *_ = done.stdout.split()
    assert int(died) > 30
    assert 0 < int(switched) < int(died)
