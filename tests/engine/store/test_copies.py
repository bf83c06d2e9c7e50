"""Copies of a file: whole while others write, closed to others, and not more than a few."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.errors import StoreError
from butler.engine.store.copies import copy_file, keep_before


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A journaled database with an open writer's last row still in the journal."""
    path = tmp_path / "butler.db"
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("CREATE TABLE t (x)")
    return path


def rows(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as file:
        return [x for (x,) in file.execute("SELECT x FROM t")]


def test_it_holds_what_was_committed_and_no_more(source: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(source, isolation_level=None)) as writer:
        writer.execute("INSERT INTO t VALUES (1)")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO t VALUES (2)")
        copy_file(source, tmp_path / "deep" / "copy.db")
        writer.execute("COMMIT")
    assert rows(tmp_path / "deep" / "copy.db") == [1]
    assert rows(source) == [1, 2]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["copy.db"]


@pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")
def test_it_is_its_owners_alone(source: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        copy_file(source, tmp_path / "folder" / "copy.db")
    finally:
        os.umask(before)
    assert (tmp_path / "folder" / "copy.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700


def test_it_never_takes_the_place_of_another_file(source: Path, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear")
    with pytest.raises(StoreError) as caught:
        copy_file(source, tmp_path / "letter")
    assert caught.value.problems[0].code is ProblemCode.BACKUP_FAILED
    assert (tmp_path / "letter").read_text() == "dear"


def test_what_is_no_database_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("no database" * 100)
    with pytest.raises(StoreError):
        copy_file(tmp_path / "x", tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["x"]


def test_a_few_are_kept(source: Path) -> None:
    made = [keep_before("upgrade-of-0001", source) for _ in range(8)]
    assert sorted(source.parent.glob("backups/*")) == sorted(made[-5:])
