"""The embedder: loads a model in the background, then turns texts into vectors, off the loop.

One thread does the work. A text whose turn has not come is dropped when nobody waits for it any
more; work without a deadline (bulk, what is stored after the reply) stands in line one at a
time, so that a request waits for at most one such text.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from butler.engine.signals.embedder.model import (
    EmbedderState,
    Embedding,
    Model,
    ModelError,
    NoEmbedding,
    NotHereError,
    Phase,
    Why,
)
from butler.engine.signals.embedder.shared import SharedEmbedding
from butler.engine.signals.embedder.sources import NamedSource, Source

if TYPE_CHECKING:
    from butler.engine.signals.embedder.encoder import Encoder
    from butler.engine.signals.embedder.index import VectorIndex

_log = logging.getLogger(__name__)
_MOST_WAITING = 64
_NO_MODEL = {
    Phase.ABSENT: Why.ABSENT,
    Phase.LOADING: Why.LOADING,
    Phase.FAILED: Why.FAILED,
}

Listener = Callable[[EmbedderState], None]


class Embedder:
    """Vectors of texts, by one model at a time. Its methods belong to the event loop's thread.

    `cache_dir` is where downloaded models lie. `on_change` hears of every new state.
    """

    def __init__(self, cache_dir: Path, on_change: Listener | None = None) -> None:
        self._cache_dir = cache_dir
        self._on_change = on_change
        self._state = EmbedderState(Phase.ABSENT, "no embedding model is chosen")
        self._settled = asyncio.Event()
        self._settled.set()
        self._encoder: Encoder | None = None
        self._loading: asyncio.Task[None] | None = None
        self._waiting = 0
        self._resting = 0
        self._leisure = asyncio.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="embedder")

    @property
    def state(self) -> EmbedderState:
        """How the embedder is."""
        return self._state

    @property
    def model(self) -> Model | None:
        """The model, once it is ready."""
        return self._state.model

    def use(self, source: Source | None, reason: str = "no embedding model is there") -> None:
        """Load another model in the background, in place of what is there; None: have none."""
        self._forget()
        if source is None:
            self._become(EmbedderState(Phase.ABSENT, reason))
            return
        self._become(EmbedderState(Phase.LOADING, f"loading {source.name}"))
        self._loading = asyncio.create_task(self._load(source), name="embedder-load")

    async def settled(self) -> EmbedderState:
        """Wait until nothing is being loaded."""
        await self._settled.wait()
        return self._state

    async def embed(self, text: str, budget_ms: float | None = None) -> Embedding | NoEmbedding:
        """Return a text's vector, or why there is none; without a budget it takes its time.

        Cancelled before its turn, it costs nothing.
        """
        if budget_ms is None:
            return await self._embed_at_leisure(text)
        try:
            async with asyncio.timeout(budget_ms / 1000):
                return await self._embed(text)
        except TimeoutError:
            return NoEmbedding(Why.LATE, f"not done within {budget_ms:.0f} ms")

    async def embed_all(self, texts: Iterable[str]) -> list[Embedding | NoEmbedding]:
        """Return the vectors of many texts, giving way to requests between any two of them."""
        return [await self.embed(text) for text in texts]

    def share(self, text: str) -> SharedEmbedding:
        """Return a text's embedding for several who may ask for it; it is made when one does."""
        return SharedEmbedding(self, text)

    def new_index(self, capacity: int | None = None) -> "VectorIndex":
        """Return an empty index for vectors of the model; raises ModelError without a model."""
        from butler.engine.signals.embedder import index  # noqa: PLC0415 - loads numpy

        model = self.model
        if model is None:
            raise ModelError("There is no model to open an index for.")
        return index.VectorIndex(model.id, model.dimension, capacity or index.CAPACITY)

    async def close(self) -> None:
        """Drop all that waits. What is in work is left to its end, which is near."""
        self._forget()
        self._become(EmbedderState(Phase.ABSENT, "the embedder is closed"))
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _embed_at_leisure(self, text: str) -> Embedding | NoEmbedding:
        if self._resting >= _MOST_WAITING:
            return NoEmbedding(Why.BUSY, f"{self._resting} texts are waiting already")
        self._resting += 1
        try:
            async with self._leisure:
                return await self._embed(text)
        finally:
            self._resting -= 1

    async def _embed(self, text: str) -> Embedding | NoEmbedding:
        encoder = self._encoder
        if encoder is None:
            return NoEmbedding(_NO_MODEL[self._state.phase], self._state.reason)
        if self._waiting >= _MOST_WAITING:
            return NoEmbedding(Why.BUSY, f"{self._waiting} texts are waiting already")
        self._waiting += 1
        try:
            work = asyncio.get_running_loop().run_in_executor(self._worker, encoder.embed, text)
            return await work
        except Exception as error:  # noqa: BLE001 - the libraries share no base, and calls go on
            _log.warning("an embedding failed: %s", type(error).__name__)
            return NoEmbedding(Why.FAILED, f"the model failed: {type(error).__name__}")
        finally:
            self._waiting -= 1

    async def _load(self, source: Source) -> None:
        try:
            encoder = await self._opened(source)
        except ModelError as error:
            self._fail(str(error))
        except Exception as error:  # noqa: BLE001 - the libraries' errors share no base
            self._fail(f"{source.name} can not be loaded: {type(error).__name__}: {error}")
        else:
            self._encoder = encoder
            self._become(EmbedderState(Phase.READY, model=encoder.model))

    async def _opened(self, source: Source) -> "Encoder":
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._worker, _open, source, self._cache_dir)
        except NotHereError:
            if not (isinstance(source, NamedSource) and source.may_download):
                raise
        await self._fetch(source)
        return await loop.run_in_executor(self._worker, _open, source, self._cache_dir)

    async def _fetch(self, source: NamedSource) -> None:
        loop = asyncio.get_running_loop()
        fetched: asyncio.Future[None] = loop.create_future()

        def tell(share: float) -> None:
            _call(loop, self._heard, fetched, share)

        def work() -> None:
            error = _fetch(source, self._cache_dir, tell)
            _call(loop, _settle, fetched, error)

        # No worker of a pool: the interpreter would wait for the download before it ends.
        threading.Thread(target=work, name="embedder-fetch", daemon=True).start()
        await fetched

    def _heard(self, fetched: "asyncio.Future[None]", share: float) -> None:
        if not fetched.done():
            self._become(replace(self._state, fetched_share=share))

    def _fail(self, reason: str) -> None:
        _log.warning("no embedding model: %s", reason)
        self._become(EmbedderState(Phase.FAILED, reason))

    def _forget(self) -> None:
        self._encoder = None
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None

    def _become(self, state: EmbedderState) -> None:
        self._state = state
        if state.phase is Phase.LOADING:
            self._settled.clear()
        else:
            self._settled.set()
        if self._on_change is not None:
            self._on_change(state)


def _open(source: Source, cache_dir: Path) -> "Encoder":
    from butler.engine.signals.embedder import loading  # noqa: PLC0415 - loads fastembed

    return loading.open_model(source, cache_dir)


def _fetch(
    source: NamedSource, cache_dir: Path, progress: Callable[[float], None]
) -> Exception | None:
    """Download, and return what went wrong: a thread has nobody to raise it to."""
    from butler.engine.signals.embedder import loading  # noqa: PLC0415 - loads fastembed

    try:
        loading.fetch(source, cache_dir, progress)
    except Exception as error:  # noqa: BLE001 - the libraries' errors share no base
        return error
    return None


def _settle(fetched: "asyncio.Future[None]", error: Exception | None) -> None:
    if fetched.done():
        return
    if error is None:
        fetched.set_result(None)
    else:
        fetched.set_exception(error)


def _call(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *args: object) -> None:
    """Call in the loop's thread, unless the loop has ended meanwhile."""
    try:
        loop.call_soon_threadsafe(function, *args)
    except RuntimeError:
        _log.debug("the loop ended while a model was loading")
