"""Backup and restore through the admin API of a living engine."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream


async def test_a_backup_is_a_whole_store_and_brings_it_back(
    house: House, up: Upstream, tmp_path: Path
) -> None:
    added = await house.add(up)
    await house.ask("acme/alpha")
    await house.row()
    backup = await house.admin("POST", "backup")
    assert backup.status == 200
    assert backup.headers["Content-Type"] == "application/vnd.sqlite3"
    assert 'filename="butler-' in backup.headers["Content-Disposition"]
    assert up.key.encode() not in backup.raw
    (tmp_path / "look.db").write_bytes(backup.raw)
    with closing(sqlite3.connect(tmp_path / "look.db")) as file:
        assert file.execute("SELECT name FROM providers").fetchall() == [("acme",)]
        assert file.execute("SELECT count(*) FROM requests").fetchone() == (1,)
    await house.admin("DELETE", f"providers/{added['id']}")
    await house.admin("DELETE", "tokens/default")
    before = (await house.status())["revision"]
    got = await house.admin("POST", "restore", backup.raw)
    assert (got.status, got.json["revision"]) == (200, before + 1)
    assert (await house.ask("acme/alpha")).status == 200
    assert await house.rows(2)
    kept = Path(got.json["kept"])
    assert kept.name in [path.name for path in house.data_dir.glob("backups/*")]
    # Nothing but that stays behind.
    assert not list(house.data_dir.glob("backup-*"))


async def test_what_is_no_backup_changes_nothing(house: House, up: Upstream) -> None:
    await house.add(up)
    before = (await house.status())["revision"]
    for body in (b"", b"hello" * 1000):
        got = await house.admin("POST", "restore", body)
        assert (got.status, got.problem["code"]) == (409, "backup_unreadable")
    assert (await house.status())["revision"] == before
    assert (await house.ask("acme/alpha")).status == 200
    assert not list(house.data_dir.glob("backup-*"))


async def test_of_another_house_it_is_refused_for_its_key(house: House, tmp_path: Path) -> None:
    key = {"BUTLER_MASTER_KEY": "c29tZSBvdGhlciBrZXkgb2YgMzIgYnl0ZXMhIQD/AQI="}
    async with House(tmp_path / "other", key) as other:
        backup = await other.admin("POST", "backup")
    got = await house.admin("POST", "restore", backup.raw)
    assert (got.status, got.problem["code"]) == (409, "master_key_wrong")


async def test_a_restore_counts_the_day_anew(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.ask("acme/alpha")
    await house.row()
    backup = await house.admin("POST", "backup")
    await house.ask("acme/alpha")
    await house.rows(2)
    assert (await house.status())["requests_today"] == 2
    assert (await house.admin("POST", "restore", backup.raw)).status == 200
    assert (await house.status())["requests_today"] == 1


async def test_a_backup_that_would_not_start_again_is_refused(house: House, tmp_path: Path) -> None:
    file = tmp_path / "spoilt.db"
    file.write_bytes((await house.admin("POST", "backup")).raw)
    with closing(sqlite3.connect(file)) as opened, opened:
        opened.execute("INSERT INTO settings VALUES ('dispatch.retries', '99999')")
    before = (await house.status())["revision"]
    got = await house.admin("POST", "restore", file.read_bytes())
    assert (got.status, got.problem["field"]) == (409, "dispatch.retries")
    await house.set(dispatch__retries=1)
    assert (await house.status())["revision"] == before + 1


async def test_a_backup_for_which_there_is_no_room_is_refused(house: House) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = (await house.status())["revision"]
    resource.setrlimit(resource.RLIMIT_FSIZE, (512 * 1024, hard))
    try:
        got = await house.admin("POST", "restore", bytes(1024 * 1024))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (got.status, got.problem["code"]) == (503, "backup_failed")
    assert got.problem["hint"]
    assert (await house.status())["revision"] == before
    assert not list(house.data_dir.glob("backup-*"))
