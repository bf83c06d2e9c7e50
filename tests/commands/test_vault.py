"""`butler vault`: where the master key lies, and a new one for everything."""

from pathlib import Path

import pytest

from tests.commands.conftest import Run


def test_a_key_in_the_environment_stays_there(butler: Run) -> None:
    shown = butler("vault", "show")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == "The master key is kept in: environment.\n"
    refused = butler("vault", "rotate")
    assert (refused.status, refused.out) == (1, "")


def test_a_key_in_a_file_becomes_another(
    butler: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BUTLER_MASTER_KEY")
    butler("token", "add", "mine", "--keep-copy")
    before = butler("token", "show", "mine").out
    (old,) = (file.read_bytes() for file in data_dir.glob("master*.key"))
    done = butler("vault", "rotate", "--to", "key_file", "--alone")
    assert (done.status, done.out) == (
        0,
        "A new master key is kept in: key_file. Sealed anew: 1.\n",
    )
    assert str(data_dir) in done.err
    assert old not in [file.read_bytes() for file in data_dir.glob("master*.key")]
    assert butler("token", "show", "mine").out == before
    state = butler("vault", "show", "--json").json
    assert (state["source"], len(state["problems"])) == ("key_file", 1)


def test_another_place_is_misuse(butler: Run) -> None:
    assert butler("vault", "rotate", "--to", "pocket").status == 2
