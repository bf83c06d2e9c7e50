"""Fixtures of every test that talks to a living engine."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream
from tests.fakes.service_upstream import ServiceUpstream

FLUSH_MS = 20


@pytest.fixture(scope="session")
def moved_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data directory after its first start, to be copied; and its first token."""

    async def move_in(directory: Path) -> str:
        async with House(directory) as house:
            return house.token

    directory = tmp_path_factory.mktemp("moved-in")
    return directory, asyncio.run(move_in(directory))


@pytest.fixture
async def house(
    tmp_path: Path, moved_in: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """An engine on free ports, with its first token, nothing configured and nothing recorded.

    Its log is written sooner than usual, so that no test has to wait for a row.
    """
    monkeypatch.setattr("butler.engine.ledger.recorder.FLUSH_EVERY_MS", FLUSH_MS)
    directory, token = moved_in
    shutil.copytree(directory, tmp_path / "data")
    async with House(tmp_path / "data") as living:
        living.token = token
        yield living


@pytest.fixture
async def up() -> AsyncIterator[Upstream]:
    """A running upstream with the models `alpha` and `beta`."""
    async with Upstream() as upstream:
        yield upstream


@pytest.fixture
async def other() -> AsyncIterator[Upstream]:
    """A second upstream: the one to fall back to."""
    async with Upstream(models=("gamma", "delta"), key="sk-other") as upstream:
        yield upstream


@pytest.fixture
async def vendor(house: House) -> AsyncIterator[ServiceUpstream]:
    """A vendor with models for everything, configured as `acme`."""
    async with ServiceUpstream() as upstream:
        await house.add(upstream)
        yield upstream
