"""What is not as we write it is found before anything of it is used."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from butler.engine.caches.exact.inspection import Damaged, Known, inspect
from butler.engine.caches.exact.shelf import Shelf
from tests.engine.caches.exact.entries import key

PLANTED = {
    "a pickle": "UPDATE Cache SET mode = 4",
    "a file name": "UPDATE Cache SET mode = 2, filename = '../../etc/hostname', value = NULL",
    "a pickled key": "UPDATE Cache SET raw = 0",
    "a short key": "UPDATE Cache SET key = x'00'",
    "text": "UPDATE Cache SET value = 'text'",
    "a trigger": "CREATE TRIGGER evil AFTER INSERT ON Cache BEGIN DELETE FROM Cache; END",
    "a view": "CREATE VIEW evil AS SELECT 1",
    "a setting": "INSERT INTO Settings VALUES ('disk_evil', 1)",
    "a pragma": "UPDATE Settings SET value = 'x' WHERE key = 'sqlite_mmap_size'",
}


def written(folder: Path) -> None:
    shelf = Shelf(folder)
    shelf.open()
    shelf.write(key(1), b"sealed", Known(2_000_000_000.0, "generation", 6), 1_000_000_000.0)
    shelf.close()


def test_what_we_write_is_as_it_should_be(tmp_path: Path) -> None:
    assert inspect(tmp_path / "nothing") == {}
    written(tmp_path)
    (known,) = inspect(tmp_path).values()
    assert (known.generation, known.size) == ("generation", 6)


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.allow_logs("begun anew")
def test_what_is_planted_is_found_and_thrown_away(tmp_path: Path, planted: str) -> None:
    written(tmp_path)
    with closing(sqlite3.connect(tmp_path / "cache.db")) as database:
        database.execute(PLANTED[planted])
        database.commit()
    with pytest.raises(Damaged):
        inspect(tmp_path)
    shelf = Shelf(tmp_path)
    assert shelf.open() == {}
    shelf.write(key(2), b"new", Known(2_000_000_000.0, "", 3), 1_000_000_000.0)
    assert shelf.read(key(1)) is None
    shelf.close()
    assert list(inspect(tmp_path)) == [key(2)]


@pytest.mark.allow_logs("begun anew")
def test_a_file_that_is_no_database_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "cache.db").write_bytes(b"no database at all" * 1000)
    shelf = Shelf(tmp_path)
    assert shelf.open() == {}
    shelf.close()
