"""`butler doctor`: all well is 0, anything to see is 1, with what to do."""

import pytest

from tests.commands.conftest import Run, beside
from tests.e2e.house import House


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


def test_a_key_in_a_file_is_repeated(butler: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BUTLER_MASTER_KEY")
    done = butler("doctor")
    assert done.status == 1
    assert "SEE  master key" in done.out
    assert "→" in done.out
    assert butler("doctor", "--json").status == 1
