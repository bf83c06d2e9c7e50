"""The vectors of utterances, made in the background and kept while the texts and the model stay."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from butler.engine.routing.yardstick import FITTED, Yardstick, measured
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.model import EmbedderState, Embedding, Phase, Why

if TYPE_CHECKING:
    from butler.engine.signals.embedder.index import VectorIndex

MOST = 20_000
"""So many examples are compared with at most; the store takes no more."""
_FITTED_ON = "all-MiniLM-L6-v2"
"""The model that the vote's numbers were fitted on."""
_SAMPLE = 64
_BUSY_S = 0.2


class Meanings:
    """Vectors by text, of the texts that the newest revision wants.

    A text that is new is read behind what serves; another model has all of them read again.
    """

    def __init__(self, embedding: ChosenEmbedder) -> None:
        self._embedding = embedding
        self._wanted: frozenset[str] = frozenset()
        self._unreadable: set[str] = set()
        self._unread: set[str] = set()
        self._yardstick: Yardstick | None = None
        self._index: VectorIndex | None = None
        self._reading: asyncio.Task[None] | None = None
        embedding.listen(self._heard)

    def follow(self, texts: Iterable[str]) -> None:
        """Want these texts and no others."""
        wanted = frozenset(list(dict.fromkeys(texts))[:MOST])
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
        missing = len(self._unread)
        if missing:
            total = len(self._wanted)
            return f"the examples are being read ({total - missing} of {total})"
        return None

    @property
    def is_fitted(self) -> bool:
        """Whether the model is the one that the vote was fitted on; another one's is estimated."""
        model = self._embedding.embedder.model
        return model is not None and model.name == _FITTED_ON

    @property
    def readable(self) -> int:
        """How many of the texts the model can read."""
        return 0 if self._index is None else len(self._index)

    def cosines(self, embedding: Embedding) -> Mapping[str, float]:
        """Return how near each text is to a vector; nothing for one of another model.

        The cosines of a model that the vote was not fitted on are brought to the same scale.
        """
        index = self._index
        if index is None or index.model_id != embedding.model_id or not len(index):
            return {}
        hits = index.search(embedding, count=len(index))
        scale = self._yardstick
        if scale is None:
            return {str(hit.key): hit.score for hit in hits}
        return {str(hit.key): scale.fitted(hit.score) for hit in hits}

    def _heard(self, state: EmbedderState) -> None:
        if state.phase is Phase.READY:
            # What failed before may go well this time.
            self._unreadable = set()
            self._read()

    def _missing(self) -> frozenset[str]:
        index = self._index
        if index is None or not index.fits(self._embedding.embedder.model):
            return self._wanted
        return frozenset(
            text for text in self._wanted if text not in index and text not in self._unreadable
        )

    def _read(self) -> None:
        """Begin to read what is missing, in place of what was being read."""
        self.close()
        self._unread = set(self._missing())
        model = self._embedding.embedder.model
        if model is None or not self._unread:
            return
        if self._index is None or not self._index.fits(model):
            self._index = self._embedding.embedder.new_index(MOST)
            self._yardstick = None
        self._reading = asyncio.create_task(self._read_all(self._index), name="utterances")

    async def _read_all(self, index: "VectorIndex") -> None:
        texts = sorted(self._unread)
        stride = 1 + len(texts) // _SAMPLE
        sample: list[Embedding] = []
        for place, text in enumerate(texts):
            found = await self._read_one(text)
            if not index.fits(self._embedding.embedder.model):
                return
            if isinstance(found, Embedding):
                index.add(text, found)
                sample += [found] * (place % stride == 0)
            else:
                self._unreadable.add(text)
            if place + 1 == len(texts) and not self.is_fitted and self._yardstick is None:
                self._yardstick = await _measure(index, sample)
            self._unread.discard(text)

    async def _read_one(self, text: str) -> Embedding | None:
        """Return a text's vector; None where the model can not read it, or is gone."""
        while True:
            found = await self._embedding.embedder.embed(text)
            if isinstance(found, Embedding):
                return found
            if found.why is not Why.BUSY:
                return None
            await asyncio.sleep(_BUSY_S)


async def _measure(index: "VectorIndex", sample: Iterable[Embedding]) -> Yardstick:
    """Return the scale of a model: how near its examples are to each other."""
    cosines: list[float] = []
    for embedding in sample:
        hits = index.search(embedding, count=len(index))
        # The nearest is the example itself.
        cosines += [hit.score for hit in hits[1:]]
        await asyncio.sleep(0)
    return measured(cosines) or FITTED
