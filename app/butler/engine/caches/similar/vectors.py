"""The vectors of kept questions, always of the model in force; missing ones come at leisure."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from butler.engine.caches.similar.record import Record, Vector
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.model import EmbedderState, Embedding, NoEmbedding, Phase, Why

if TYPE_CHECKING:
    from butler.engine.signals.embedder.index import VectorIndex

_log = logging.getLogger(__name__)
_CAPACITY = 200_000
"""More than the cache may hold: who leaves is its choice, not the index's."""
_BUSY_PAUSE_S = 0.2


class Vectors:
    """Compares a question's embedding with kept ones; `refill` is called at every new model."""

    def __init__(self, embedding: ChosenEmbedder, refill: Callable[[], None]) -> None:
        self._embedding = embedding
        self._refill = refill
        self._index: VectorIndex | None = None
        embedding.listen(self._heard)
        self._heard(embedding.state)

    def __len__(self) -> int:
        return len(self._index) if self._index is not None else 0

    def __contains__(self, key: str) -> bool:
        return self._index is not None and key in self._index

    @property
    def model_id(self) -> str | None:
        """The model whose vectors are in here."""
        return self._index.model_id if self._index is not None else None

    def score(self, key: str, embedding: Embedding) -> float | None:
        """Return the cosine with a kept question's; None where that has no vector (yet)."""
        index = self._index
        if index is None or embedding.model_id != index.model_id:
            return None
        return index.score(key, embedding)

    def remove(self, keys: Iterable[str]) -> None:
        """Forget vectors."""
        for key in keys:
            if self._index is not None:
                self._index.remove(key)

    def put(self, key: str, embedding: Embedding) -> None:
        """Keep a vector, if it is of the model in force."""
        index = self._index
        if index is not None and embedding.model_id == index.model_id:
            index.add(key, embedding)

    def unpacked(self, record: Record) -> Embedding | None:
        """Return a record's own vector, if it is of the model in force."""
        # Not before there is an index: it loads numpy.
        from butler.engine.signals.embedder.index import unpack  # noqa: PLC0415

        model, vector = self._embedding.embedder.model, record.vector
        if model is None or vector is None or vector.model_id != model.id:
            return None
        try:
            return unpack(model, vector.values)
        except ValueError:
            return None

    async def made(self, text: str) -> Embedding | NoEmbedding:
        """Return a text's vector, whenever its turn comes."""
        while True:
            found = await self._embedding.embedder.embed(text)
            if isinstance(found, Embedding) or found.why is not Why.BUSY:
                return found
            await asyncio.sleep(_BUSY_PAUSE_S)

    def _heard(self, state: EmbedderState) -> None:
        if state.phase is not Phase.READY:
            return
        if self._index is None or not self._index.fits(state.model):
            self._index = self._embedding.embedder.new_index(_CAPACITY)
            _log.info("the semantic cache compares with %s now", self._index.model_id)
            self._refill()


def packed(embedding: Embedding) -> Vector:
    """Return a vector as it is stored."""
    from butler.engine.signals.embedder.index import pack  # noqa: PLC0415 - loads numpy

    return Vector(embedding.model_id, pack(embedding))
