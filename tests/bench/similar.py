"""What the semantic cache costs: a miss, a hit by the words, a hit by the model; by its size.

    python -m tests.bench.similar

Prints a table. Linux only: it reads /proc for memory.
"""

import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop

from butler.engine.caches.similar.entries import Bounds
from butler.engine.caches.similar.memory import SimilarCache
from butler.engine.caches.similar.question import Manners, Question, question_of
from butler.engine.caches.similar.record import Record, Vector
from butler.engine.caches.similar.shelf import ENTRY, MemoryShelf
from butler.engine.call import Call, Replay, Step, Target
from butler.engine.kept import KeptAnswer
from butler.engine.routing.layers.semantic_cache import SemanticCacheLayer, Similarity
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.sources import shipped
from tests.engine.calls import Revision, new_call

_SIZES = (1_000, 10_000, 100_000)
_TRIES = 200
_KEPT = "How do I reverse list number {} in Python?"
_EDITED = "please, how do i reverse list number {} in python"
_OTHERWISE = "How can I reverse list number {} in Python?"
_UNKNOWN = "How do I sort list number {} in Python?"
_MANNERS = Manners()

Decide = Callable[[int], Awaitable[tuple[float, bool]]]


def main() -> int:
    """Measure, print, and return the exit status."""
    if shipped() is None:
        print("The embedding model is not there; build it: python packaging/models/build.py")
        return 1
    return uvloop.run(_measure())


async def _measure() -> int:
    with tempfile.TemporaryDirectory() as folder:
        chosen = ChosenEmbedder(Path(folder))
        chosen.embedder.use(shipped())
        await chosen.embedder.settled()
        print("microseconds for one decision of the layer, signature and scope included")
        print(f"{'entries':>8} {'':>22} {'p50':>8} {'p95':>8}   hits")
        for size in _SIZES:
            await _sized(chosen, size)
        await chosen.close()
    return 0


async def _sized(chosen: ChosenEmbedder, size: int) -> None:
    before_mb, began_s = _memory_mb(), time.perf_counter()
    shelf = MemoryShelf()
    _fill(shelf, size, await _vector(chosen))
    filled_mb = _memory_mb()
    cache = SimilarCache(shelf, chosen)
    cache.bound(Bounds(most=size, most_bytes=1 << 40))
    cache.start()
    await cache.settled()
    took_s = time.perf_counter() - began_s
    layer = SemanticCacheLayer(
        Similarity(cache, _MANNERS, frozenset({Target("acme", "alpha")}), 200)
    )
    print(
        f"{size:>8} read in {took_s:.1f} s; the index takes {_memory_mb() - filled_mb:.0f} MB, "
        f"the records (on disk, as a rule) {filled_mb - before_mb:.0f} MB"
    )
    await _row("no such scope", size, lambda at: _decide(layer, chosen, _KEPT, at, seed=at))
    await _row("no candidate", size, lambda at: _decide(layer, chosen, _UNKNOWN, at))
    await _row("hit by its words", size, lambda at: _decide(layer, chosen, _EDITED, at))
    await _again(cache, chosen, size)
    await _row("hit by the model", size, lambda at: _decide(layer, chosen, _OTHERWISE, at))
    await cache.close()


async def _again(cache: SimilarCache, chosen: ChosenEmbedder, size: int) -> None:
    """Give those that will be asked for their own vectors: all others share one."""
    for at in range(_TRIES):
        question = _question(_KEPT.format(at * size // _TRIES))
        cache.keep(question, _answer(), f"req_{at}", None)
    await cache.settled()
    assert chosen.embedder.model is not None


async def _row(
    name: str, size: int, decide: Callable[[int], Awaitable[tuple[float, bool]]]
) -> None:
    found = [await decide(at * size // _TRIES) for at in range(_TRIES)]
    spent = sorted(us for us, _ in found)
    middle, late = spent[len(spent) // 2], spent[len(spent) * 95 // 100]
    hits = sum(hit for _, hit in found)
    print(f"{'':>8} {name:>22} {middle:>8.0f} {late:>8.0f}   {hits / len(found):.0%}")


async def _decide(
    layer: SemanticCacheLayer, chosen: ChosenEmbedder, text: str, at: int, **fields: Any
) -> tuple[float, bool]:
    call = _call(text.format(at), chosen, **fields)
    assert call.known.ask
    began_ns = time.perf_counter_ns()
    verdict = await layer.decide(call)
    return (time.perf_counter_ns() - began_ns) / 1000, isinstance(verdict, Replay)


def _call(text: str, chosen: ChosenEmbedder | None = None, **fields: Any) -> Call:
    call = new_call({"model": "auto", "messages": [{"role": "user", "content": text}], **fields})
    if chosen is not None:
        call.runtime = replace(Revision(), embedder=chosen.embedder, embedding_budget_ms=200)
    call.trace.append(Step("semantic_cache"))
    return call


def _question(text: str) -> Question:
    question = question_of(_call(text), _MANNERS)
    assert isinstance(question, Question)
    return question


def _answer() -> KeptAnswer:
    now = datetime.now(UTC)
    return KeptAnswer("acme", "alpha", "An answer. " * 40, (), "stop", 12, 90, now)


async def _vector(chosen: ChosenEmbedder) -> Vector:
    from butler.engine.caches.similar.vectors import packed  # noqa: PLC0415
    from butler.engine.signals.embedder.model import Embedding  # noqa: PLC0415

    made = await chosen.embedder.embed(_KEPT)
    assert isinstance(made, Embedding)
    return packed(made)


def _fill(shelf: MemoryShelf, size: int, vector: Vector) -> None:
    scope, sharer = (found := _question(_KEPT)).scope, found.sharer
    for at in range(size):
        record = Record(f"req_{at}", scope, sharer, _KEPT.format(at), _answer(), vector)
        shelf.write(f"{ENTRY}{at}", record.written())


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    sys.exit(main())
