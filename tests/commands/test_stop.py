"""`butler stop`: a running engine ends by itself; where none runs there is nothing to stop."""

import asyncio
from pathlib import Path

from tests.commands.conftest import Run, beside
from tests.e2e.house import House


async def test_a_running_engine_ends(house: House, butler: Run) -> None:
    done = await beside(butler, "stop")
    assert (done.status, done.out.startswith("The engine (process ")) == (0, True)
    async with asyncio.timeout(5):
        await house.engine.wait()


def test_where_none_runs(butler: Run, data_dir: Path) -> None:
    done = butler("stop", "--json")
    assert (done.status, done.out) == (1, "")
    assert f"No engine runs for {data_dir}" in done.err
    assert not data_dir.exists()
