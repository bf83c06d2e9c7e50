"""The vectors of utterances, made in the background and kept while the texts and the model stay."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.model import EmbedderState, Embedding, Phase

if TYPE_CHECKING:
    from butler.engine.signals.embedder.index import VectorIndex

_MOST = 20_000


class Meanings:
    """Vectors by text, of the texts that the newest revision wants.

    A text that is new is read behind what serves; another model has all of them read again.
    """

    def __init__(self, embedding: ChosenEmbedder) -> None:
        self._embedding = embedding
        self._wanted: frozenset[str] = frozenset()
        self._unreadable: set[str] = set()
        self._index: VectorIndex | None = None
        self._reading: asyncio.Task[None] | None = None
        embedding.listen(self._heard)

    def follow(self, texts: Iterable[str]) -> None:
        """Want these texts and no others."""
        wanted = frozenset(list(dict.fromkeys(texts))[:_MOST])
        if wanted == self._wanted:
            return
        if self._index is not None:
            for text in self._wanted - wanted:
                self._index.remove(text)
        self._unreadable &= wanted
        self._wanted = wanted
        self._read()

    def close(self) -> None:
        """Read no more."""
        if self._reading is not None:
            self._reading.cancel()

    @property
    def why_not(self) -> str | None:
        """Why there is nothing to compare with yet; None once every text has been read."""
        state = self._embedding.state
        if state.phase is not Phase.READY:
            return state.reason or "the embedding model is not there"
        missing = len(self._missing())
        if missing:
            total = len(self._wanted)
            return f"the examples are being read ({total - missing} of {total})"
        return None

    @property
    def readable(self) -> int:
        """How many of the texts the model can read."""
        return 0 if self._index is None else len(self._index)

    def cosines(self, embedding: Embedding) -> Mapping[str, float]:
        """Return how near each text is to a vector; nothing for one of another model."""
        index = self._index
        if index is None or index.model_id != embedding.model_id or not len(index):
            return {}
        return {str(hit.key): hit.score for hit in index.search(embedding, count=len(index))}

    def _heard(self, state: EmbedderState) -> None:
        if state.phase is Phase.READY:
            self._read()

    def _missing(self) -> list[str]:
        index = self._index
        if index is None or not index.fits(self._embedding.embedder.model):
            return sorted(self._wanted)
        return sorted(
            text for text in self._wanted if text not in index and text not in self._unreadable
        )

    def _read(self) -> None:
        """Begin to read what is missing, in place of what was being read."""
        self.close()
        model = self._embedding.embedder.model
        if model is None or not self._missing():
            return
        if self._index is None or not self._index.fits(model):
            self._index = self._embedding.embedder.new_index(_MOST)
            self._unreadable = set()
        work = self._read_all(self._index, self._missing())
        self._reading = asyncio.create_task(work, name="utterances")

    async def _read_all(self, index: "VectorIndex", texts: Iterable[str]) -> None:
        for text in texts:
            found = await self._embedding.embedder.embed(text)
            if isinstance(found, Embedding):
                if not index.fits(self._embedding.embedder.model):
                    return
                index.add(text, found)
            elif found.why.lasts:
                self._unreadable.add(text)
