"""`butler doctor`: all well or a note is 0, anything broken is 1, with what to do."""

from pathlib import Path

import pytest

from tests.commands.conftest import Run, beside
from tests.e2e.house import House


@pytest.fixture(autouse=True)
def _any_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever else listens on the usual ports of this machine is of no interest."""
    for variable in ("BUTLER_PORT", "BUTLER_ADMIN_PORT"):
        monkeypatch.setenv(variable, "0")


async def test_all_well(house: House, butler: Run) -> None:
    done = await beside(butler, "doctor")
    assert done.status == 0
    lines = done.out.splitlines()
    assert all(line.startswith("ok   ") for line in lines)
    assert lines[0] == f"ok   endpoint        {house.engine.base_url}"
    checks = (await beside(butler, "doctor", "--json")).json
    assert [set(check) for check in checks] == [{"name", "ok", "detail", "problems"}] * len(lines)


def test_without_an_engine_the_store_is_examined(butler: Run) -> None:
    done = butler("doctor")
    assert (done.status, "not serving" in done.out) == (0, True)


def test_a_key_in_a_file_is_a_note(
    butler: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BUTLER_MASTER_KEY")
    done = butler("doctor")
    assert done.status == 0
    assert "note master key" in done.out
    assert "→" in done.out
    assert butler("doctor", "--json").status == 0
    (data_dir / "master.key").chmod(0o644)
    exposed = butler("doctor")
    assert (exposed.status, "SEE  master key" in exposed.out) == (1, True)


def test_what_is_broken_is_to_be_seen_to(butler: Run) -> None:
    add = ("provider", "add", "acme", "--base-url", "http://127.0.0.1:9", "--model", "alpha")
    assert butler(*add, "--model", "beta").status == 0
    assert butler("setting", "set", "routing.default_target", "acme/beta").status == 0
    assert butler("provider", "edit", "acme", "--remove-model", "beta").status == 0
    done = butler("doctor")
    assert (done.status, "SEE  default target" in done.out) == (1, True)
    assert butler("doctor", "--json").status == 1


def test_every_check_has_its_chinese(butler: Run) -> None:
    english = {check["name"] for check in butler("doctor", "--json").json}
    shown = {line.split()[1] for line in butler("--lang", "zh", "doctor").out.splitlines()}
    assert english & shown <= {"Ollama"}
