"""The cache's file never keeps anybody from working."""

import time
from pathlib import Path

import pytest

from butler.engine.caches.exact.inspection import Known
from butler.engine.caches.exact.shelf import Shelf
from tests.engine.caches.exact.entries import key


def lasting() -> Known:
    return Known(time.time() + 60, "", 5)


def test_what_is_written_is_read_until_it_is_dropped(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "cache")
    assert shelf.open() == {}
    shelf.write(key(1), b"first", lasting(), time.time())
    shelf.write(key(2), b"other", lasting(), time.time())
    assert shelf.read(key(1)) == b"first"
    shelf.drop([key(1)])
    assert shelf.read(key(1)) is None
    shelf.close()
    again = Shelf(tmp_path / "cache")
    assert list(again.open()) == [key(2)]
    again.clear()
    assert again.read(key(2)) is None
    again.close()
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0


@pytest.mark.allow_logs("in memory only")
def test_where_no_file_can_be_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    shelf = Shelf(tmp_path / "taken" / "cache")
    assert shelf.open() == {}
    shelf.write(key(1), b"first", lasting(), time.time())
    assert shelf.read(key(1)) is None
    shelf.close()
