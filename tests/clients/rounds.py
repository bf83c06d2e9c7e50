"""A client's rounds: all of its protocols, at all of the upstreams, on all of its errands."""

import asyncio
import itertools
import shutil
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.clients.environments import HERE, Environments
from tests.clients.errands import Cell, Place, Scene, run
from tests.clients.process import Driver
from tests.clients.roster import ERRANDS, Client
from tests.clients.upstreams import Vendor
from tests.e2e.house import House

DRIVERS = HERE / "drivers"


@asynccontextmanager
async def open_place(vendor: Vendor, folder: Path) -> AsyncIterator[Place]:
    """Start an upstream, and an engine that knows nothing else."""
    async with vendor.server() as up, House(folder) as house:
        await house.add(up, kind=vendor.kind, api_key=up.key or None)
        yield Place(vendor, house, up)


def command_of(client: Client, environments: Environments) -> list[str]:
    """Return what starts a client's driver; its environment is installed if it is not.

    A driver in Node stands beside its packages, since that is where Node looks for them. One in
    Python that has no Python of its own drives a program, and is told where it lies.
    """
    driver = DRIVERS / client.driver
    if client.environment in environments.python_names:
        return [str(environments.python(client.environment)), str(driver), *client.words]
    folder = environments.install(client.environment)
    if driver.suffix == ".py":
        return [sys.executable, str(driver), str(folder), str(environments.node())]
    for script in DRIVERS.glob("*.mjs"):
        shutil.copy(script, folder)
    return [str(environments.node()), str(folder / client.driver), *client.words]


def command_here(client: Client) -> list[str]:
    """Return what starts the driver of a client that this very environment holds."""
    return [sys.executable, str(DRIVERS / client.driver), *client.words]


async def visit(
    client: Client, command: Sequence[str], places: Sequence[Place], folder: Path
) -> AsyncIterator[Cell]:
    """Run all errands of a client, one after the other; its holes come with their reasons."""
    await asyncio.to_thread(folder.mkdir, parents=True)
    async with Driver(command, folder) as driver:
        for (protocol, place, errand), number in zip(
            itertools.product(client.protocols, places, ERRANDS), _numbers(), strict=False
        ):
            if hole := client.lacks.get(errand):
                yield Cell(client.name, protocol, place.vendor.protocol, errand, hole=hole)
            else:
                yield await run(driver, Scene(client, errand, number, folder), protocol, place)


def _numbers() -> Iterator[int]:
    """Numbers that no two errands share, so that no proof is another's."""
    return itertools.count(101)
