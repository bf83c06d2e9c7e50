"""Real processes: found, started, watched and stopped."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from butler.contract.places import engine_file
from butler.desktop.background import Background
from butler.desktop.engine_process import EngineFailed, EngineProcess, engine_command
from butler.desktop.failure import FailureKind
from tests.desktop.fake_engine import FakeEngine
from tests.desktop.programs import environment, fake_engine


@pytest.fixture(autouse=True)
def _source_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", environment()["PYTHONPATH"])


@pytest.fixture
async def background() -> AsyncIterator[Background]:
    kept = Background()
    yield kept
    await kept.stop()


def _process(command: Sequence[str], directory: Path, background: Background) -> EngineProcess:
    return EngineProcess(command, directory, background)


async def test_none_is_found_where_none_runs(directory: Path, background: Background) -> None:
    process = _process([], directory, background)
    assert await process.find() is None
    assert await process.door_is_shut()


async def test_a_living_one_is_found_and_not_stopped(
    engine: FakeEngine, directory: Path, background: Background
) -> None:
    process = _process([], directory, background)
    door = await process.find()
    assert door is not None
    assert door.pid == os.getpid()
    await process.stop()
    assert await process.find() is not None


async def test_the_plate_of_a_dead_one_is_not_believed(
    engine: FakeEngine, directory: Path, background: Background
) -> None:
    await engine.stop(cleanly=False)
    process = _process([], directory, background)
    assert await process.find() is None
    assert not await process.door_is_shut()


async def test_started_found_and_stopped(directory: Path, background: Background) -> None:
    process = _process(fake_engine(), directory, background)
    door = await process.start()
    assert process.alive
    assert door.pid != os.getpid()
    await process.stop()
    assert not process.alive
    assert process.exit_code == 0
    assert not engine_file(directory).exists()


async def test_a_failure_brings_its_reason(directory: Path, background: Background) -> None:
    command = fake_engine("--die-with", "3", "--say", "Port 8080 is taken.")
    process = _process(command, directory, background)
    with pytest.raises(EngineFailed) as caught:
        await process.start()
    assert caught.value.failure.kind is FailureKind.REFUSED
    assert caught.value.failure.output == ("Port 8080 is taken.",)


async def test_a_crash_is_told_from_a_refusal(directory: Path, background: Background) -> None:
    code = "import sys; [print(n, file=sys.stderr) for n in range(9999)]; raise SystemExit(1)"
    process = _process([sys.executable, "-c", code], directory, background)
    with pytest.raises(EngineFailed) as caught:
        await process.start()
    failure = caught.value.failure
    assert failure.kind is FailureKind.CRASHED
    assert failure.output == tuple(str(number) for number in range(9959, 9999))


async def test_a_program_that_is_not_there(directory: Path, background: Background) -> None:
    process = _process([str(directory / "no-such-program")], directory, background)
    with pytest.raises(EngineFailed) as caught:
        await process.start()
    assert caught.value.failure.kind is FailureKind.REFUSED
    assert "no-such-program" in caught.value.failure.output[0]


async def test_what_it_prints_is_not_kept(directory: Path, background: Background) -> None:
    code = "print('your token: abc'); raise SystemExit(3)"
    process = _process([sys.executable, "-c", code], directory, background)
    with pytest.raises(EngineFailed) as caught:
        await process.start()
    assert caught.value.failure.output == ()


async def test_one_that_hangs_is_ended(directory: Path, background: Background) -> None:
    code = "import time; time.sleep(60)"
    process = _process([sys.executable, "-c", code], directory, background)
    starting = asyncio.get_running_loop().create_task(process.start())
    await asyncio.sleep(0.5)
    assert process.alive
    starting.cancel()
    await asyncio.wait([starting])
    await process.stop()
    assert not process.alive


def test_the_command_is_the_same_program() -> None:
    assert engine_command() == [sys.executable, "-m", "butler", "serve"]
