"""Reads the labelled prompts, and makes of each what the model is trained on."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from butler.contract.tasks import Task
from butler.engine.signals.task.classifier import cue_scores, read_turns
from butler.engine.signals.task.wording import views

PROMPTS = Path(__file__).resolve().parent / "prompts"
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled prompt: what the cues say of it, and the weights of its n-grams by bucket.

    People write similar prompts one after the other, so a file is cut into as many stretches as
    there are folds: whoever leaves a stretch out leaves its manner out, too.
    """

    lang: str
    label: int
    fold: int
    cues: NDArray[np.float64]
    buckets: NDArray[np.intp]
    values: NDArray[np.float64]


def read_examples(folder: Path = PROMPTS) -> list[Example]:
    """All prompts of `<language>/<task>.jsonl`; raises ValueError on an unknown task."""
    return [one for file in sorted(folder.glob("*/*.jsonl")) for one in _read_file(file)]


def _read_file(file: Path) -> Iterator[Example]:
    label = list(Task).index(Task(file.stem))
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    for place, row in enumerate(rows):
        fold = place * FOLDS // len(rows)
        yield example(row["text"], row.get("earlier", ()), (file.parent.name, label, fold))


def example(text: str, earlier: Sequence[str], known: tuple[str, int, int]) -> Example:
    """An example of a prompt whose language, label and fold are `known`."""
    turns = read_turns(text, earlier)
    scores = cue_scores(turns)
    buckets: list[NDArray[np.intp]] = [np.zeros(0, np.intp)]
    values: list[NDArray[np.float64]] = [np.zeros(0)]
    for turn in turns:
        for found in views(turn.prompt):
            buckets.append(found)
            values.append(np.full(len(found), turn.share * len(found) ** -0.5))
    cues = np.array([scores[task] for task in Task])
    return Example(*known, cues, np.concatenate(buckets), np.concatenate(values))
