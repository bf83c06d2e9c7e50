"""Vectors of examples: made in the background, kept while they fit, made anew for another model."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from butler.engine.routing.meanings import Meanings
from butler.engine.settings import Settings
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.model import Embedding
from butler.engine.signals.embedder.sources import shipped

pytestmark = pytest.mark.skipif(shipped() is None, reason="the embedding model is not built")
TEXTS = ("Is this lease valid?", "Write a poem about rain", "这份合同有效吗")
_WAIT_S = 30.0


@pytest.fixture
async def embedding(tmp_path: Path) -> AsyncIterator[ChosenEmbedder]:
    chosen = ChosenEmbedder(tmp_path)
    yield chosen
    await chosen.close()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(_WAIT_S):
        while not holds():  # noqa: ASYNC110 - a thread does the work
            await asyncio.sleep(0.01)


async def test_they_are_read_once_the_model_is_there(embedding: ChosenEmbedder) -> None:
    meanings = Meanings(embedding)
    meanings.follow(TEXTS)
    assert meanings.why_not
    embedding.follow(Settings({}))
    await until(lambda: meanings.why_not is None)
    # An English model can not read the Chinese one; that is no reason to wait for it.
    assert meanings.readable == 2
    asked = await embedding.embedder.embed("May my landlord end the lease?")
    assert isinstance(asked, Embedding)
    near = meanings.cosines(asked)
    assert set(near) == set(TEXTS[:2])
    assert near[TEXTS[0]] > near[TEXTS[1]]
    meanings.close()


async def test_an_edit_reads_what_is_new_and_forgets_what_is_gone(
    embedding: ChosenEmbedder,
) -> None:
    meanings = Meanings(embedding)
    embedding.follow(Settings({}))
    meanings.follow(TEXTS)
    await until(lambda: meanings.why_not is None)
    meanings.follow([TEXTS[0], "Who wrote Hamlet?"])
    assert meanings.why_not == "the examples are being read (1 of 2)"
    await until(lambda: meanings.why_not is None)
    asked = await embedding.embedder.embed("hello")
    assert isinstance(asked, Embedding)
    assert set(meanings.cosines(asked)) == {TEXTS[0], "Who wrote Hamlet?"}
    meanings.close()


async def test_a_vector_of_another_model_is_near_to_nothing(embedding: ChosenEmbedder) -> None:
    meanings = Meanings(embedding)
    embedding.follow(Settings({}))
    meanings.follow(TEXTS)
    await until(lambda: meanings.why_not is None)
    asked = await embedding.embedder.embed("hello")
    assert isinstance(asked, Embedding)
    assert meanings.cosines(Embedding("another", asked.values)) == {}
    embedding.follow(Settings({"embedding.enabled": False}))
    await until(lambda: meanings.why_not is not None)
    embedding.follow(Settings({}))
    await until(lambda: meanings.why_not is None)
    meanings.close()
