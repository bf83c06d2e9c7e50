"""Vectors follow the model: they come at leisure, and anew when the model is another."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from butler.engine.caches.similar.memory import SimilarCache
from butler.engine.caches.similar.record import read_record
from butler.engine.caches.similar.shelf import MemoryShelf
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.model import Embedding
from butler.engine.signals.embedder.sources import local
from tests.engine.caches.similar.samples import REWORDED, answer, question
from tests.engine.signals.embedder.tiny import make_model

DAY_S = 86_400.0


@pytest.fixture
async def embedding(tmp_path: Path) -> AsyncIterator[ChosenEmbedder]:
    made = ChosenEmbedder(tmp_path / "none")
    yield made
    await made.close()


def model_on_shelf(shelf: MemoryShelf) -> str | None:
    (data,) = [data for _, data in shelf.items()]
    record = read_record(data)
    assert record is not None
    return record.vector.model_id if record.vector is not None else None


async def score(cache: SimilarCache, embedding: ChosenEmbedder) -> float | None:
    (entry,) = cache.alike(question(REWORDED), DAY_S)
    made = await embedding.embedder.embed(REWORDED)
    assert isinstance(made, Embedding)
    return cache.score(entry, made)


async def test_another_model_has_all_vectors_made_anew(
    tmp_path: Path, embedding: ChosenEmbedder
) -> None:
    shelf = MemoryShelf()
    cache = SimilarCache(shelf, embedding)
    cache.start()
    cache.keep(question(), answer(), "req_1", None)
    await cache.settled()
    assert model_on_shelf(shelf) is None
    seen = []
    for seed in (1, 2):
        folder = make_model(tmp_path / f"model-{seed}", seed)
        embedding.embedder.use(local(folder))
        await embedding.embedder.settled()
        await cache.settled()
        model = embedding.embedder.model
        assert model is not None
        assert model_on_shelf(shelf) == model.id
        seen.append(await score(cache, embedding))
    assert None not in seen
    assert seen[0] != seen[1]
    await cache.close()
    again = SimilarCache(shelf, embedding)
    again.start()
    await again.settled()
    assert await score(again, embedding) == seen[1]
    await again.close()
