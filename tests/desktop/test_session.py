"""The link's life: joined, lost, mended, stopped, failed, tried again."""

import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from butler.contract.places import engine_file
from butler.desktop.background import Background
from butler.desktop.engine_process import EngineProcess
from butler.desktop.failure import FailureKind
from butler.desktop.restart_budget import RestartBudget
from butler.desktop.session import Session
from butler.desktop.state import DesktopState, Link
from tests.desktop import samples
from tests.desktop.conftest import until
from tests.desktop.fake_engine import FakeEngine
from tests.desktop.programs import environment, fake_engine


class Joined:
    """A session at work, with its parts in reach."""

    def __init__(self, command: Sequence[str], directory: Path, background: Background) -> None:
        self.state = DesktopState()
        self.process = EngineProcess(command, directory, background)
        self.session = Session(self.process, self.state, RestartBudget(limit=2))

    async def becomes(self, link: Link) -> None:
        await until(lambda: self.state.link is link)


Join = Callable[[Sequence[str]], Joined]


@pytest.fixture
async def join(directory: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Join]:
    monkeypatch.setenv("PYTHONPATH", environment()["PYTHONPATH"])
    background = Background()
    processes: list[EngineProcess] = []

    def start(command: Sequence[str]) -> Joined:
        joined = Joined(command, directory, background)
        processes.append(joined.process)
        background.start("session", joined.session.run())
        background.start("refresh", joined.session.refresh())
        return joined

    yield start
    await background.stop()
    for process in processes:
        await process.stop()


async def test_a_living_engine_is_adopted_and_followed(engine: FakeEngine, join: Join) -> None:
    joined = join([])
    await joined.becomes(Link.RUNNING)
    engine.record(samples.call(1))
    await until(lambda: len(joined.state.calls) == 1)
    assert joined.state.status is not None
    assert joined.state.status.requests_today == 1


async def test_a_cut_stream_is_taken_up_again(engine: FakeEngine, join: Join) -> None:
    joined = join([])
    await joined.becomes(Link.RUNNING)
    engine.calls.insert(0, samples.call(5))
    engine.cut()
    await until(lambda: [call.id for call in joined.state.calls] == ["req-5"])
    await joined.becomes(Link.RUNNING)


async def test_after_a_resync_everything_is_read_anew(engine: FakeEngine, join: Join) -> None:
    joined = join([])
    await joined.becomes(Link.RUNNING)
    links: list[Link] = []
    joined.state.link_changed.connect(lambda: links.append(joined.state.link))
    engine.calls.insert(0, samples.call(5))
    engine.resync()
    await until(lambda: bool(joined.state.calls))
    assert links == []


async def test_figures_stay_current_between_events(engine: FakeEngine, join: Join) -> None:
    joined = join([])
    await joined.becomes(Link.RUNNING)
    engine.status = samples.status(in_flight=3)
    await until(lambda: joined.state.status is not None and joined.state.status.in_flight == 3)


async def test_an_engine_is_started_where_none_runs(join: Join) -> None:
    joined = join(fake_engine())
    await joined.becomes(Link.RUNNING)
    assert joined.process.alive


async def test_a_killed_engine_comes_back(join: Join) -> None:
    joined = join(fake_engine())
    await joined.becomes(Link.RUNNING)
    door = await joined.process.find()
    assert door is not None
    os.kill(door.pid, signal.SIGKILL)
    await joined.becomes(Link.LOST)
    await joined.becomes(Link.RUNNING)
    again = await joined.process.find()
    assert again is not None
    assert again.pid != door.pid


async def test_an_engine_that_was_told_to_stop_stays_stopped(join: Join, directory: Path) -> None:
    joined = join(fake_engine())
    await joined.becomes(Link.RUNNING)
    assert joined.session.client is not None
    await joined.session.client.shutdown()
    await joined.becomes(Link.STOPPED)
    assert not engine_file(directory).exists()
    joined.session.retry()
    await joined.becomes(Link.RUNNING)


async def test_an_adopted_engine_that_stops_is_not_replaced(engine: FakeEngine, join: Join) -> None:
    joined = join(fake_engine())
    await joined.becomes(Link.RUNNING)
    await engine.stop()
    await joined.becomes(Link.STOPPED)
    await engine.start()
    await joined.becomes(Link.RUNNING)
    assert not joined.process.alive


async def test_a_refusal_is_shown_and_can_be_tried_again(join: Join, directory: Path) -> None:
    marker = directory.parent / "fixed"
    joined = join(_fails_until(marker, "3"))
    await joined.becomes(Link.FAILED)
    assert joined.state.failure is not None
    assert joined.state.failure.kind is FailureKind.REFUSED
    assert joined.state.failure.output == ("Port taken.",)
    marker.touch()
    joined.session.retry()
    await joined.becomes(Link.RUNNING)


async def test_a_failed_one_gives_way_to_one_started_elsewhere(join: Join, directory: Path) -> None:
    joined = join(fake_engine("--die-with", "3"))
    await joined.becomes(Link.FAILED)
    elsewhere = FakeEngine(directory)
    await elsewhere.start()
    await joined.becomes(Link.RUNNING)
    await elsewhere.stop()


@pytest.mark.slow
@pytest.mark.allow_logs("The engine ended while it started")
async def test_one_that_keeps_crashing_is_given_up(join: Join) -> None:
    joined = join([sys.executable, "-c", "raise SystemExit(1)"])
    await joined.becomes(Link.FAILED)
    assert joined.state.failure is not None
    assert joined.state.failure.kind is FailureKind.CRASHED


def _fails_until(marker: Path, code: str) -> list[str]:
    script = (
        "import sys, pathlib\n"
        f"if not pathlib.Path({str(marker)!r}).exists():\n"
        f"    sys.stderr.write('Port taken.'); sys.exit({code})\n"
        "from tests.desktop.fake_engine import main\n"
        "sys.argv[1:] = []\n"
        "sys.exit(main())\n"
    )
    return [sys.executable, "-c", script]
