"""An upstream and the vendor's own client for it, fresh for every test."""

from collections.abc import AsyncIterator

import pytest
from openai import AsyncOpenAI

from tests.fakes import Upstream


@pytest.fixture
async def up() -> AsyncIterator[Upstream]:
    """A running upstream."""
    async with Upstream() as upstream:
        yield upstream


@pytest.fixture
async def client(up: Upstream) -> AsyncIterator[AsyncOpenAI]:
    """The vendor's SDK, without its own retries."""
    async with AsyncOpenAI(api_key=up.key, base_url=up.base_url, max_retries=0) as sdk:
        yield sdk
