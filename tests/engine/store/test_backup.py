"""The whole store in one file and back: nothing lost, nothing unsealed, nothing half done."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.errors import ConfigError, StoreError
from butler.engine.settings import Settings
from butler.engine.store import meta, providers, rules, tokens
from butler.engine.store.backup import back_up, restore
from butler.engine.store.database import Database
from butler.engine.store.snapshot import Snapshot, read_snapshot
from butler.engine.vault.vault import Vault
from tests.engine.store.records import provider, rule, token

SPOILT = ProblemCode.BACKUP_UNREADABLE
MINE = Vault(bytes(range(32)))


async def fill(database: Database, vault: Vault = MINE) -> None:
    async with database.begin() as connection:
        vault_id = await meta.ensure_vault_id(connection)
        await meta.put_vault_check(connection, vault.check(vault_id))
        sealed = vault.seal("provider/prov_1/key", b"sk-secret")
        await providers.add(connection, provider(key_envelope=sealed))
        await rules.add(connection, rule())
        await meta.bump_revision(connection, None)


def soundly(snapshot: Snapshot) -> None:
    """Compile a configuration, as an engine does."""
    Settings(snapshot.settings)


async def refused(database: Database, file: Path, directory: Path) -> ProblemCode:
    async with database.connect() as connection:
        before = await read_snapshot(connection)
    with pytest.raises(StoreError) as caught:
        await restore(database, file, directory, MINE.fits, soundly)
    assert caught.value.problems[0].hint
    async with database.connect() as connection:
        assert await read_snapshot(connection) == before
    return caught.value.problems[0].code


async def test_out_and_in_again(database: Database, tmp_path: Path) -> None:
    await fill(database)
    await back_up(database, tmp_path / "b.db")
    assert b"sk-secret" not in await asyncio.to_thread((tmp_path / "b.db").read_bytes)
    async with database.connect() as connection:
        then = await read_snapshot(connection)
    async with database.begin() as connection:
        await providers.delete(connection, "prov_1")
        await tokens.add(connection, token())
        await meta.bump_revision(connection, None)
        await meta.bump_revision(connection, None)
    done = await restore(database, tmp_path / "b.db", tmp_path, MINE.fits, soundly)
    async with database.connect() as connection:
        now = await read_snapshot(connection)
        assert await meta.revision(connection) == done.revision == 4
    assert (now.providers, now.rules, now.tokens) == (then.providers, then.rules, ())
    # What was replaced is kept, and can be put back in the same way.
    await restore(database, done.kept, tmp_path, MINE.fits, soundly)
    async with database.connect() as connection:
        assert [record.id for record in (await read_snapshot(connection)).tokens] == ["token_1"]


async def test_a_backup_fits_into_another_house_with_the_same_key(
    database: Database, tmp_path: Path
) -> None:
    await fill(database)
    await back_up(database, tmp_path / "b.db")
    other = await Database.open(None, tmp_path / "other")
    async with other.begin() as connection:
        vault_id = await meta.ensure_vault_id(connection)
        await meta.put_vault_check(connection, MINE.check(vault_id))
    await restore(other, tmp_path / "b.db", tmp_path, MINE.fits, soundly)
    async with other.connect() as connection:
        assert await meta.ensure_vault_id(connection) == vault_id
        (record,) = await providers.list_all(connection)
        assert MINE.open("provider/prov_1/key", record.key_envelope or b"") == b"sk-secret"
    await other.close()


async def test_another_key_is_refused(database: Database, tmp_path: Path) -> None:
    other = await Database.open(None, tmp_path / "other")
    await fill(other, Vault(bytes(31) + b"x"))
    await back_up(other, tmp_path / "b.db")
    await other.close()
    assert await refused(database, tmp_path / "b.db", tmp_path) is ProblemCode.MASTER_KEY_WRONG


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\x00" + bytes(4_000)])
async def test_what_is_no_backup_is_refused(
    database: Database, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "b.db").write_bytes(content)
    found = await refused(database, tmp_path / "b.db", tmp_path)
    assert found is ProblemCode.BACKUP_UNREADABLE


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", ProblemCode.DATABASE_NEWER),
        ("DROP TABLE alembic_version", SPOILT),
        ("DROP TABLE meta", SPOILT),
        ("UPDATE meta SET value = 'x' WHERE key = 'revision'", SPOILT),
        ("UPDATE meta SET value = '99999999999999999999' WHERE key = 'revision'", SPOILT),
        ("UPDATE meta SET value = 5 WHERE key = 'vault_check'", SPOILT),
        ("UPDATE rules SET conditions = '{'", SPOILT),
        ("UPDATE providers SET created_at = 'noon'", SPOILT),
        ("INSERT INTO models VALUES ('m', 'none', 'm', null, 1, 0, '{}')", SPOILT),
    ],
)
async def test_a_backup_that_was_spoilt_or_is_newer_is_refused(
    database: Database, tmp_path: Path, spoil: str, code: ProblemCode
) -> None:
    await fill(database)
    await back_up(database, tmp_path / "b.db")
    with closing(sqlite3.connect(tmp_path / "b.db")) as file, file:
        file.execute(spoil)
    assert await refused(database, tmp_path / "b.db", tmp_path) is code


async def test_damage_in_the_middle_is_found(database: Database, tmp_path: Path) -> None:
    await fill(database)
    await back_up(database, tmp_path / "b.db")
    content = bytearray(await asyncio.to_thread((tmp_path / "b.db").read_bytes))
    content[8_192:12_288] = b"\xff" * 4_096
    (tmp_path / "b.db").write_bytes(content)
    found = await refused(database, tmp_path / "b.db", tmp_path)
    assert found is ProblemCode.BACKUP_UNREADABLE


async def test_what_can_not_be_put_in_force_is_not_stored(
    database: Database, tmp_path: Path
) -> None:
    await fill(database)
    await back_up(database, tmp_path / "b.db")
    with closing(sqlite3.connect(tmp_path / "b.db")) as file, file:
        file.execute("INSERT INTO settings VALUES ('dispatch.retries', '99999')")
    async with database.connect() as connection:
        before = await read_snapshot(connection)
    with pytest.raises(ConfigError, match=r"dispatch\.retries"):
        await restore(database, tmp_path / "b.db", tmp_path, MINE.fits, soundly)
    async with database.connect() as connection:
        assert await read_snapshot(connection) == before
