"""Database URLs: the driver is ours to choose, and a password stays out of every message."""

from pathlib import Path

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.errors import StoreError
from butler.engine.store.address import file_of, read_address


@pytest.mark.parametrize("url", [None, ""])
def test_without_a_url_it_is_a_file_in_the_data_directory(url: str | None, tmp_path: Path) -> None:
    address = read_address(url, tmp_path)
    assert address.drivername == "sqlite+aiosqlite"
    assert file_of(address) == tmp_path / "butler.db"


@pytest.mark.parametrize(
    ("url", "driver", "file"),
    [
        ("sqlite:////var/butler/x.db", "sqlite+aiosqlite", Path("/var/butler/x.db")),
        ("sqlite+pysqlite:///x.db", "sqlite+aiosqlite", Path("x.db")),
        ("postgresql://u:p@db.example:5432/butler", "postgresql+psycopg", None),
        ("postgres://db.example/butler", "postgresql+psycopg", None),
        ("postgresql+asyncpg://db.example/butler", "postgresql+psycopg", None),
    ],
)
def test_the_driver_is_ours(url: str, driver: str, file: Path | None, tmp_path: Path) -> None:
    address = read_address(url, tmp_path)
    assert address.drivername == driver
    assert file_of(address) == file


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://u:hunter2@db.example/butler", "'mysql' are not supported"),
        ("not a url hunter2", "can not be read"),
        ("postgresql://u:hunter2@db.example:port/butler", "can not be read"),
    ],
)
def test_what_can_not_be_used_is_refused_with_a_way_out(url: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=why) as caught:
        read_address(url, tmp_path)
    found = caught.value.problems[0]
    assert found.code is ProblemCode.DATABASE_UNREADABLE
    assert found.hint is not None
    assert "BUTLER_DATABASE_URL" in found.hint
    assert "hunter2" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
