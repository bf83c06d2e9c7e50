"""Measures routing by meaning on the product's own prompts: `python -m tests.eval.semantic`.

Prints which share of the English prompts of `prompts.jsonl` the shipped categories answer at each
threshold, and how often they are right; nothing was fitted on those. `--fit` fits the two numbers
of `routing/vote.py` on every other English prompt of `packaging/training` and prints them, with
what they give on the rest. The exit status is 1 under the floors.
"""

import asyncio
import json
import math
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from butler.contract.tasks import Task
from butler.engine.routing.categories import Category
from butler.engine.routing.vote import confidence_of, vote
from butler.engine.signals.embedder.embedder import Embedder
from butler.engine.signals.embedder.model import Embedding
from butler.engine.signals.embedder.sources import Source, shipped
from butler.engine.store.seeds import shipped_categories

_ROOT: Final = Path(__file__).resolve().parents[2]
PROMPTS: Final = Path(__file__).with_name("prompts.jsonl")
FITTED_ON: Final = _ROOT / "packaging" / "training" / "prompts" / "en"
THRESHOLDS: Final = (0.5, 0.6, 0.7, 0.8)
LEAST: Final = 0.6
"""The default of `semantic.least_percent`."""
ANSWERED_FLOOR: Final = 0.58
RIGHT_FLOOR: Final = 0.83
_STEPS: Final = 30
_EDGE: Final = 1e-9
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
class Prompt:
    """A text, and the task that a person reads in it."""

    text: str
    task: Task


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
    if "--fit" in sys.argv[1:]:
        found = judge(training_prompts())
        _show("fitted half as it is shipped", found[::2])
        _show("other half as it is shipped", found[1::2])
        slope, shift = refit(found[::2])
        print(f"fitted anew, the two numbers move by a slope of {slope:.2f} and {shift:+.2f}")
        return 0
    found = judge(own_prompts("en"))
    _show("own prompts, never fitted on", found)
    chinese = own_prompts("zh")
    read = len(judge(chinese))
    print(f"Chinese prompts that the model does not read: {len(chinese) - read} of {len(chinese)}")
    answered, right = rates(found, LEAST)
    return int(answered < ANSWERED_FLOOR or right < RIGHT_FLOOR)


def own_prompts(lang: str) -> list[Prompt]:
    """Return the product's own prompts of a language: nothing is trained or fitted on them."""
    rows = [json.loads(line) for line in PROMPTS.read_text(encoding="utf-8").splitlines()]
    return [Prompt(row["text"], Task(row["label"])) for row in rows if row["lang"] == lang]


def training_prompts() -> list[Prompt]:
    """Return the English prompts that the classifier is trained on."""
    return [
        Prompt(json.loads(line)["text"], Task(file.stem))
        for file in sorted(FITTED_ON.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def refit(judged: Sequence[Judged]) -> tuple[float, float]:
    """Return slope and shift that would make the confidences right: 1 and 0 where they are.

    Logistic regression over their log-odds, by Newton's method.
    """
    slope, shift = 1.0, 0.0
    for _ in range(_STEPS):
        sums = [_EDGE, 0.0, _EDGE, 0.0, 0.0]
        for one in judged:
            x = _log_odds(one.confidence)
            p = 1 / (1 + math.exp(-(slope * x + shift)))
            w = p * (1 - p)
            parts = (w * x * x, w * x, w, (one.right - p) * x, one.right - p)
            sums = [total + part for total, part in zip(sums, parts, strict=True)]
        xx, x1, n, gx, g = sums
        by = xx * n - x1 * x1
        slope, shift = slope + (n * gx - x1 * g) / by, shift + (xx * g - x1 * gx) / by
    return slope, shift


def _log_odds(confidence: float) -> float:
    kept = min(max(confidence, confidence_of(0)), confidence_of(1))
    return math.log(kept / (1 - kept))


def _show(what: str, judged: Sequence[Judged]) -> None:
    print(f"{what}: {len(judged)} prompts, off by {calibration_error(judged):.1%} on average")
    for least in THRESHOLDS:
        answered, right = rates(judged, least)
        print(f"at {least:.0%}: answers {answered:.1%}, right {right:.1%}")


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return how far confidence and truth are apart, over ten steps of confidence."""
    steps = [[one for one in judged if int(one.confidence * 10) == step] for step in range(10)]
    off = sum(abs(sum(one.confidence - one.right for one in step)) for step in steps)
    return off / len(judged)


def rates(judged: Iterable[Judged], least: float) -> tuple[float, float]:
    """Return the share that is answered, and the share of those that are right."""
    all_ = list(judged)
    sure = [one for one in all_ if one.confidence >= least]
    return len(sure) / len(all_), sum(one.right for one in sure) / max(1, len(sure))


def judge(prompts: Iterable[Prompt]) -> list[Judged]:
    """Judge those that the shipped model can read, by the shipped categories."""
    categories = [
        Category(one.id, one.name, one.description, one.utterances, ())
        for one in shipped_categories()
    ]
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_judge(Path(folder), shipped(), categories, prompts))


async def _judge(
    folder: Path, source: Source | None, categories: Sequence[Category], prompts: Iterable[Prompt]
) -> list[Judged]:
    embedder = Embedder(folder)
    embedder.use(source)
    await embedder.settled()
    index = embedder.new_index()
    for category in categories:
        for text in category.utterances:
            found = await embedder.embed(text)
            if isinstance(found, Embedding):
                index.add(text, found)
    judged = []
    for prompt in prompts:
        found = await embedder.embed(prompt.text)
        if isinstance(found, Embedding):
            near = {str(hit.key): hit.score for hit in index.search(found, count=len(index))}
            winner = vote(categories, near)
            assert winner is not None
            judged.append(Judged(winner.confidence, TASKS[winner.category.id] == prompt.task))
    await embedder.close()
    return judged


if __name__ == "__main__":
    sys.exit(main())
