"""The recorder writes everything down, soon, whatever single calls and the database do.

Stopping, locking and losing the database are played in `tests/e2e/test_recording.py`.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from butler.engine.call import Call
from butler.engine.ledger.recorder import FLUSH_EVERY_MS, Finished, Recorder
from butler.engine.store import figures, requests
from butler.engine.store.database import Database
from butler.engine.store.figures import Question
from butler.engine.store.requests import RequestRecord
from tests.e2e.house import until
from tests.engine.calls import HELLO, new_call


@dataclass(slots=True)
class Desk:
    """A recorder over a real database, and what it told."""

    database: Database
    recorder: Recorder = field(init=False)
    told: list[RequestRecord] = field(default_factory=list)
    observed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.recorder = Recorder(self.database, self.told.extend)

    def add(self, id_: str, call: Call | None = None) -> None:
        """Hand in a call that has ended."""
        call = call or new_call(HELLO)
        call.id = id_
        call.end(200)
        self.recorder.add(Finished(call, None, self._observe))

    async def _observe(self, call: Call) -> None:
        self.observed.append(call.id)

    async def stored(self) -> list[str]:
        """The ids in the log."""
        async with self.database.connect() as connection:
            return sorted(row.id for row in await requests.page(connection, None, 1000))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database = await Database.open(None, tmp_path)
    yield Desk(database)
    await database.close()


async def test_calls_are_gathered_and_written_within_the_budget(desk: Desk) -> None:
    assert FLUSH_EVERY_MS <= 250
    desk.recorder.start()
    for number in range(50):
        desk.add(f"req_{number:02}")
    assert await desk.stored() == []
    await until(lambda: len(desk.told) == 50, 2)
    assert len(await desk.stored()) == 50
    await until(lambda: len(desk.observed) == 50, 1)
    await desk.recorder.stop()


async def test_stopping_writes_the_rest_at_once(desk: Desk) -> None:
    desk.recorder.start()
    desk.add("req_1")
    await asyncio.sleep(0)
    started = time.perf_counter()
    await desk.recorder.stop()
    assert time.perf_counter() - started < FLUSH_EVERY_MS / 1000
    assert await desk.stored() == ["req_1"]


async def test_stopping_with_nothing_to_do(desk: Desk) -> None:
    desk.recorder.start()
    await asyncio.wait_for(desk.recorder.stop(), 1)
    await Recorder(desk.database, desk.told.extend).stop()


@pytest.mark.allow_logs("could not be put down")
async def test_a_call_that_can_not_become_a_row_takes_no_other_along(desk: Desk) -> None:
    broken = new_call(HELLO)
    broken.trace = [None]  # type: ignore[list-item]
    desk.recorder.start()
    desk.add("req_1")
    desk.add("req_2", broken)
    desk.add("req_3")
    await desk.recorder.stop()
    assert await desk.stored() == ["req_1", "req_3"]


@pytest.mark.allow_logs("can not be stored")
async def test_a_row_that_the_database_refuses_takes_no_other_along(desk: Desk) -> None:
    desk.recorder.start()
    desk.add("req_1")
    desk.add("req_1")
    desk.add("req_2")
    await until(lambda: len(desk.told) == 3, 2)
    desk.add("req_3")
    await desk.recorder.stop()
    assert await desk.stored() == ["req_1", "req_2", "req_3"]


async def test_under_load_nobody_waits_for_a_second_round(desk: Desk) -> None:
    """What comes while a batch is being written goes out right after it."""
    told_at: dict[str, float] = {}
    clock = asyncio.get_running_loop().time

    def tell(rows: list[RequestRecord]) -> None:
        told_at.update(dict.fromkeys([row.id for row in rows], clock()))

    recorder = Recorder(desk.database, tell)
    recorder.start()
    first, second = new_call(HELLO), new_call(HELLO)
    first.id, second.id = "req_1", "req_2"
    async with desk.database.begin():
        recorder.add(Finished(first, None, None))
        # By now the first batch waits for the database, which we hold.
        await asyncio.sleep(FLUSH_EVERY_MS / 1000 + 0.05)
        recorder.add(Finished(second, None, None))
        await asyncio.sleep(FLUSH_EVERY_MS / 1000)
    await until(lambda: len(told_at) == 2, 3)
    assert told_at["req_2"] - told_at["req_1"] < FLUSH_EVERY_MS / 1000 * 0.75
    await recorder.stop()


async def test_a_row_and_what_it_adds_are_written_together(desk: Desk) -> None:
    desk.recorder.start()
    for number in range(7):
        desk.add(f"req_{number}")
    await desk.recorder.stop()
    async with desk.database.connect() as connection:
        (sums,) = (await figures.sums(connection, [(0, 10**7)], Question())).values()
    assert sums.requests == 7


@pytest.mark.allow_logs("can not be stored")
async def test_what_comes_again_is_not_counted_again(desk: Desk) -> None:
    desk.recorder.start()
    desk.add("req_1")
    await until(lambda: len(desk.told) == 1, 2)
    desk.add("req_1")
    desk.add("req_2")
    await desk.recorder.stop()
    assert await desk.stored() == ["req_1", "req_2"]
    async with desk.database.connect() as connection:
        (sums,) = (await figures.sums(connection, [(0, 10**7)], Question())).values()
    assert sums.requests == 2
