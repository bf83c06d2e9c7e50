"""Jobs are done in order, and one that fails ends nothing."""

import logging

import pytest

from butler.engine.caches.similar.chores import Chores


async def test_jobs_are_done_in_order(caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []

    async def one() -> None:
        done.append(1)

    async def two() -> None:
        done.append(2)

    chores = Chores("test")
    chores.add(one)
    chores.add(two)
    chores.start()
    await chores.done()
    assert done == [1, 2]
    assert not chores.is_full
    chores.add(one)
    await chores.close()
    assert done == [1, 2, 1]
    assert not caplog.records


async def test_who_never_began_has_nothing_to_end() -> None:
    await Chores("test").close()
    assert logging.getLogger("butler")
