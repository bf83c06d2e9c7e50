"""A living engine and upstreams, for the rooms that are met through it."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from butler.commands.loop import loop_factory
from tests.e2e.fixtures import house, moved_in, other, up, vendor
from tests.postgres import Postgres, running_postgres

__all__ = ["house", "moved_in", "other", "up", "vendor"]

_QUIET_ROOMS = {"routing", "signals", "store", "vault"}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for as long as the tests run, started when the first one asks."""
    with running_postgres() as server:
        yield server


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Rooms with sockets run on the loop that `butler serve` runs on."""
    room = item.path.relative_to(Path(__file__).parent).parts[0]
    return {"usual": asyncio.new_event_loop} if room in _QUIET_ROOMS else {"butler": loop_factory()}
