"""`butler backup`: one file that `restore` takes back."""

import stat
from pathlib import Path

from tests.commands.conftest import Run, beside
from tests.e2e.house import House


def test_out_and_in(butler: Run, tmp_path: Path) -> None:
    butler("provider", "add", "acme", "--base-url", "http://127.0.0.1:9", "--model", "alpha")
    file = tmp_path / "all.db"
    done = butler("backup", str(file))
    assert (done.status, done.out.startswith(f"Wrote {file}, ")) == (0, True)
    assert "master key" in done.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert butler("backup", str(file), "--json").json == {
        "file": str(file),
        "bytes": file.stat().st_size,
    }
    butler("provider", "remove", "acme")
    back = butler("restore", str(file), "--json")
    assert (back.status, set(back.json)) == (0, {"revision", "kept"})
    assert butler("provider", "list", "--json").json[0]["name"] == "acme"


async def test_of_a_running_engine_through_a_pipe(
    house: House, butler: Run, tmp_path: Path
) -> None:
    await house.add_address("acme", "http://127.0.0.1:9")
    file = tmp_path / "all.db"
    assert (await beside(butler, "backup", str(file))).status == 0
    await house.admin("DELETE", "providers/acme")
    done = await beside(butler, "restore", str(file))
    assert (done.status, done.out.startswith("Restored; this is revision ")) == (0, True)
    assert (await house.admin("GET", "providers/acme")).status == 200


def test_places_that_can_not_be_written(butler: Run, tmp_path: Path) -> None:
    done = butler("backup", str(tmp_path / "no" / "such" / "place.db"))
    assert (done.status, "can not be written" in done.err) == (2, True)
