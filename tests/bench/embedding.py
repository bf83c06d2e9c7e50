"""What embeddings cost: loading the model, one text by its length, one search by the index's size.

    python -m tests.bench.embedding

Prints tables. Linux only: it reads /proc for memory.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import uvloop

from butler.engine.signals.embedder.embedder import Embedder
from butler.engine.signals.embedder.model import Embedding, Phase
from butler.engine.signals.embedder.sources import shipped

_TOKENS = (16, 64, 128, 256)
_ROWS = (1_000, 20_000, 100_000)
_TRIES = 100
_SPECIAL_TOKENS = 2
_TICK_S = 0.001


def main() -> int:
    """Measure, print, and return the exit status."""
    if shipped() is None:
        print("The embedding model is not there; build it: python packaging/models/build.py")
        return 1
    return uvloop.run(_measure())


async def _measure() -> int:
    with tempfile.TemporaryDirectory() as folder:
        embedder = Embedder(Path(folder))
        failed = not await _loading(embedder)
        if not failed:
            await _embedding(embedder)
            await _searching(embedder)
        await embedder.close()
    return int(failed)


async def _loading(embedder: Embedder) -> bool:
    before_mb, began_s = _memory_mb(), time.perf_counter()
    embedder.use(shipped())
    longest_ms = 0.0
    while embedder.state.phase is Phase.LOADING:
        tick_s = time.perf_counter()
        await asyncio.sleep(_TICK_S)
        longest_ms = max(longest_ms, (time.perf_counter() - tick_s - _TICK_S) * 1000)
    took_s = time.perf_counter() - began_s
    print(f"loaded in {took_s:.2f} s; memory {before_mb:.0f} -> {_memory_mb():.0f} MB; ", end="")
    print(f"longest halt of the event loop {longest_ms:.0f} ms; {embedder.state.reason or 'ready'}")
    return embedder.state.phase is Phase.READY


async def _embedding(embedder: Embedder) -> None:
    print(f"\n{'tokens':>8} {'p50 ms':>8} {'p95 ms':>8} {'least':>8}")
    for tokens in _TOKENS:
        text = " ".join(["word"] * (tokens - _SPECIAL_TOKENS))
        spent_ms = []
        for _ in range(_TRIES):
            began_s = time.perf_counter()
            await embedder.embed(text)
            spent_ms.append((time.perf_counter() - began_s) * 1000)
        print(f"{tokens:>8} {_quantiles(spent_ms)}")
    print(f"memory {_memory_mb():.0f} MB")


async def _searching(embedder: Embedder) -> None:
    # numpy is here by now, and must not be before: the memory above counts it.
    import numpy as np  # noqa: PLC0415

    model = embedder.model
    assert model is not None
    random = np.random.default_rng(1)
    print(f"\n{'rows':>8} {'p50 ms':>8} {'p95 ms':>8} {'least':>8} {'add us':>8} {'remove':>8}")
    for rows in _ROWS:
        made = random.standard_normal((rows + _TRIES, model.dimension), np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        vectors = [Embedding(model.id, values) for values in made]
        index = embedder.new_index(rows)
        began_s = time.perf_counter()
        for at, vector in enumerate(vectors[:rows]):
            index.add(at, vector)
        added_us = (time.perf_counter() - began_s) / rows * 1e6
        spent_ms = []
        for vector in vectors[rows:]:
            began_s = time.perf_counter()
            index.search(vector)
            spent_ms.append((time.perf_counter() - began_s) * 1000)
        began_s = time.perf_counter()
        for at in range(rows):
            index.remove(at)
        removed_us = (time.perf_counter() - began_s) / rows * 1e6
        print(f"{rows:>8} {_quantiles(spent_ms)} {added_us:>8.1f} {removed_us:>8.1f}")


def _quantiles(values: list[float]) -> str:
    values.sort()
    middle, late = values[len(values) // 2], values[len(values) * 95 // 100]
    return f"{middle:>8.2f} {late:>8.2f} {values[0]:>8.2f}"


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    sys.exit(main())
