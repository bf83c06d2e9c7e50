"""Measures routing by meaning on the product's own prompts: `python -m tests.eval.semantic`.

Prints which share of the English prompts the shipped categories answer at each threshold, and how
often they are right; and how many Chinese prompts the shipped model refuses to read. The exit
status is 1 under the floors.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from butler.contract.tasks import Task
from butler.engine.routing.categories import Category
from butler.engine.routing.vote import vote
from butler.engine.signals.embedder.embedder import Embedder
from butler.engine.signals.embedder.model import Embedding
from butler.engine.signals.embedder.sources import shipped
from butler.engine.store.seeds import shipped_categories

PROMPTS: Final = Path("packaging/training/prompts")
THRESHOLDS: Final = (0.5, 0.6, 0.7, 0.8)
LEAST: Final = 0.6
"""The default of `semantic.least_percent`."""
ANSWERED_FLOOR: Final = 0.45
RIGHT_FLOOR: Final = 0.77
TASKS: Final[Mapping[str, Task]] = {
    "cat_coding": Task.CODING,
    "cat_debugging": Task.CODING,
    "cat_maths": Task.MATH,
    "cat_translation": Task.TRANSLATION,
    "cat_summarising": Task.SUMMARIZATION,
    "cat_creative": Task.CREATIVE,
    "cat_analysis": Task.ANALYSIS,
    "cat_general": Task.GENERAL,
    "cat_small_talk": Task.CHAT,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One prompt: how sure the vote was, and whether it was right."""

    confidence: float
    right: bool


def main() -> int:
    """Measure, print, and return the exit status."""
    if shipped() is None:
        print("The embedding model is not there; build it: python packaging/models/build.py")
        return 0
    return asyncio.run(_measure())


async def _measure() -> int:
    with tempfile.TemporaryDirectory() as folder:
        embedder = Embedder(Path(folder))
        embedder.use(shipped())
        await embedder.settled()
        english, refused, total = await _judge(embedder)
        await embedder.close()
    print(f"Chinese prompts that the model does not read: {refused} of {total}")
    for least in THRESHOLDS:
        answered, right = rates(english, least)
        print(f"at {least:.0%}: answers {answered:.1%} of English prompts, right {right:.1%}")
    answered, right = rates(english, LEAST)
    return int(answered < ANSWERED_FLOOR or right < RIGHT_FLOOR)


def rates(judged: Iterable[Judged], least: float) -> tuple[float, float]:
    """Return the share that is answered, and the share of those that are right."""
    all_ = list(judged)
    sure = [one for one in all_ if one.confidence >= least]
    return len(sure) / len(all_), sum(one.right for one in sure) / max(1, len(sure))


async def _judge(embedder: Embedder) -> tuple[list[Judged], int, int]:
    categories = [
        Category(one.id, one.name, one.description, one.utterances, ())
        for one in shipped_categories()
    ]
    # All the owner's examples are compared with, those in Chinese too, if they can be read.
    model = embedder.model
    assert model is not None
    index = embedder.new_index()
    for category in categories:
        for text in category.utterances:
            found = await embedder.embed(text)
            if isinstance(found, Embedding):
                index.add(text, found)
    english, refused, total = [], 0, 0
    for file in sorted(PROMPTS.glob("*/*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            found = await embedder.embed(json.loads(line)["text"])
            is_english = file.parent.name == "en"
            total += not is_english
            if not isinstance(found, Embedding):
                refused += not is_english
            elif is_english:
                near = {str(hit.key): hit.score for hit in index.search(found, count=len(index))}
                winner = vote(categories, near)
                assert winner is not None
                english.append(Judged(winner.confidence, TASKS[winner.category.id] == file.stem))
    return english, refused, total


if __name__ == "__main__":
    sys.exit(main())
