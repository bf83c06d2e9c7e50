"""One text's embedding, made at most once and only when a layer asks, for all who ask."""

import asyncio
from typing import Protocol

from butler.engine.signals.embedder.model import Embedding, NoEmbedding, Why

_Task = asyncio.Task[Embedding | NoEmbedding]


class Embeds(Protocol):
    """What makes embeddings."""

    async def embed(self, text: str, budget_ms: float | None = None) -> Embedding | NoEmbedding:
        """Return a text's vector, or why there is none; without a budget it takes its time."""


class SharedEmbedding:
    """The embedding of one call's words. The time to wait for it is one budget for all askers.

    The budget runs from the first asking. A layer that is cancelled while it waits leaves the
    work to the others; `cancel`, when the call is over, ends it.
    """

    def __init__(self, embedder: Embeds, text: str) -> None:
        self._embedder = embedder
        self._text = text
        self._task: _Task | None = None
        self._known: Embedding | NoEmbedding | None = None
        self._ends_at_s: float | None = None

    @property
    def known(self) -> Embedding | None:
        """The embedding, where somebody has had it made already."""
        return self._known if isinstance(self._known, Embedding) else None

    async def get(self, budget_ms: float | None) -> Embedding | NoEmbedding:
        """Return the embedding, or why there is none; None takes the time that is needed.

        What only time or trouble stood in the way of is tried again by who has no budget.
        """
        if self._task is not None and not self._task.done():
            await self._result_of(self._task)
        if self._known is not None and (budget_ms is not None or _is_final(self._known)):
            return self._known
        left_ms = self._left_ms(budget_ms)
        if left_ms is not None and left_ms <= 0:
            return NoEmbedding(Why.LATE, "the time for embedding is spent")
        work = self._embedder.embed(self._text, left_ms)
        self._task = asyncio.create_task(work, name="embedding")
        return await self._result_of(self._task)

    def cancel(self) -> None:
        """Nobody will ask any more."""
        if self._task is not None:
            self._task.cancel()

    async def _result_of(self, task: _Task) -> Embedding | NoEmbedding:
        self._known = await asyncio.shield(task)
        return self._known

    def _left_ms(self, budget_ms: float | None) -> float | None:
        if budget_ms is None:
            return None
        now_s = asyncio.get_running_loop().time()
        if self._ends_at_s is None:
            self._ends_at_s = now_s + budget_ms / 1000
        return (self._ends_at_s - now_s) * 1000


def _is_final(known: Embedding | NoEmbedding) -> bool:
    return isinstance(known, Embedding) or known.why.lasts
