"""Fixtures of every test that has an arbiter to ask."""

import sys
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.fakes.ollama import FakeOllama, Model


@pytest.fixture(scope="session")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real, tiny language model."""
    if sys.platform != "linux":
        pytest.skip("the model server is locked for Linux alone")
    # Loaded only here: it brings a whole inference engine.
    from tests.fakes.tiny_model import running_model  # noqa: PLC0415 - see above

    with running_model(tmp_path_factory.mktemp("model")) as address:
        yield address


@pytest.fixture
async def real_ollama(llama: str) -> AsyncIterator[FakeOllama]:
    """An Ollama with the real, tiny model behind it."""
    async with FakeOllama(Model(llama)) as up:
        yield up


@pytest.fixture
async def ollama() -> AsyncIterator[FakeOllama]:
    """An Ollama whose model finds everything to be about coding."""
    async with FakeOllama(Model(answer='{"route": "coding"}')) as up:
        yield up
