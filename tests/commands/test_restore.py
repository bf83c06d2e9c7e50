"""`butler restore`: what is no backup changes nothing; test_backup.py has the way out and in."""

from pathlib import Path

from tests.commands.conftest import Run


def test_what_is_no_backup_is_refused(butler: Run, tmp_path: Path) -> None:
    butler("token", "add", "mine")
    file = tmp_path / "all.db"
    file.write_bytes(b"no database" * 100)
    done = butler("restore", str(file))
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("butler: ")
    assert butler("token", "list", "--json").json[0]["name"] == "mine"


def test_what_is_not_there_is_misuse(butler: Run, tmp_path: Path) -> None:
    done = butler("restore", str(tmp_path / "none.db"))
    assert (done.status, "none.db can not be read" in done.err) == (2, True)
