"""The layer of meaning alone: what a call pays with its embedding made before, and made anew.

Wall-clock times: the model works in a thread of its own. A call gives up at its budget; here it
may go on, so that long texts show what they would take. The budgets are for a short prompt with
its embedding made, and for any with it known. `python -m tests.bench.semantic`.
"""

import asyncio
import dataclasses
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

from butler.engine.call import Call, Step, Target
from butler.engine.routing.categories import Category
from butler.engine.routing.layers.semantic import SemanticLayer, Understanding
from butler.engine.routing.meanings import Meanings
from butler.engine.settings import Settings
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.sources import shipped
from butler.engine.store.seeds import shipped_categories
from tests.engine.calls import new_call

_BUDGET_MS = 55.0
_KNOWN_BUDGET_MS = 2.0
_CALLS = 200
_WORDS = "please tell me how the boiler in our kitchen is set so that it warms only at night "
_SIZES = (100, 1_000, 10_000)


def run() -> bool:
    """Measure and print; True when the p95 keeps within the budgets."""
    if shipped() is None:
        print("The embedding model is not there; build it: python packaging/models/build.py")
        return True
    return asyncio.run(_measure())


async def _measure() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        chosen = ChosenEmbedder(Path(folder))
        chosen.follow(Settings({}))
        meanings = Meanings(chosen)
        found = _categories()
        meanings.follow(text for category in found for text in category.utterances)
        while meanings.why_not is not None:  # noqa: ASYNC110 - a thread does the work
            await asyncio.sleep(0.05)
        layer = SemanticLayer(Understanding(found, meanings))
        print(f"\nlayer of meaning, {meanings.readable} examples{'':<14}{'p50':>12}{'p95':>12}")
        keeps = True
        for size in _SIZES:
            made, known = await _time(layer, chosen, size)
            keeps = keeps and _percentile(known, 95) < _KNOWN_BUDGET_MS
            keeps = keeps and (size > _SIZES[0] or _percentile(made, 95) < _BUDGET_MS)
            _tell(f"{size:,} characters, embedding made", made)
            _tell(f"{size:,} characters, embedding known", known)
        meanings.close()
        await chosen.close()
    print(
        f"Budget: p95 below {_BUDGET_MS:.0f} ms made (short), {_KNOWN_BUDGET_MS:.0f} ms known: "
        + ("kept" if keeps else "missed")
    )
    return keeps


async def _time(
    layer: SemanticLayer, chosen: ChosenEmbedder, size: int
) -> tuple[list[float], list[float]]:
    made, known = [], []
    for number in range(_CALLS):
        call = _call(f"{number} {_WORDS * (1 + size // len(_WORDS))}"[:size], chosen)
        made.append(await _decide_ms(layer, call))
        known.append(await _decide_ms(layer, call))
    return made, known


async def _decide_ms(layer: SemanticLayer, call: Call) -> float:
    call.trace.append(Step("semantic"))
    before_ns = time.perf_counter_ns()
    await layer.decide(call)
    return (time.perf_counter_ns() - before_ns) / 1e6


def _categories() -> tuple[Category, ...]:
    target = (Target("bench", "alpha"),)
    return tuple(
        Category(one.id, one.name, one.description, one.utterances, target)
        for one in shipped_categories()
    )


def _call(text: str, chosen: ChosenEmbedder) -> Call:
    call = new_call({"messages": [{"role": "user", "content": text}]})
    call.runtime = dataclasses.replace(
        call.runtime,  # type: ignore[type-var]  # a test's Runtime is a dataclass
        embedder=chosen.embedder,
        embedding_budget_ms=5_000,
    )
    return call


def _tell(what: str, series: Sequence[float]) -> None:
    columns = "".join(f"{_percentile(series, percent):>9.3f} ms" for percent in (50, 95))
    print(f"{what:<46}{columns}")


def _percentile(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1]


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
