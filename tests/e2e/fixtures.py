"""Fixtures of every test that talks to a living engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """An engine on free ports over an empty data directory."""
    async with House(tmp_path / "data") as living:
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
