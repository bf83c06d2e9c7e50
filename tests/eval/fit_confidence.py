"""Fits the confidence curve of the task classifier: `python -m tests.eval.fit_confidence [FILE]`.

Only the even half of the labelled prompts is used. The number that it prints is what
`butler/engine/signals/task/confidence.py` starts from.
"""

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task import classify
from butler.engine.signals.task.confidence import chance_at
from tests.eval.tasktype import DEFAULT_FILE, is_even

_STEPS: Final = 60

Seen = Sequence[tuple[Mapping[Task, float], bool]]


def guesses(path: Path) -> Seen:
    """The scores of every guess over the even half, and whether the guess was right."""
    with path.open(encoding="utf-8") as lines:
        rows = [row for line in lines if is_even((row := json.loads(line))["id"])]
    found = [(classify(row["text"]), row["label"]) for row in rows]
    return [(guess.scores, guess.task == label) for guess, label in found]


def fit(seen: Seen) -> float:
    """The most likely sharpness, by trying them all."""
    return max((step * 0.05 for step in range(1, _STEPS)), key=lambda one: _likelihood(seen, one))


def _likelihood(seen: Seen, sharpness: float) -> float:
    chances = ((chance_at(scores, sharpness), right) for scores, right in seen)
    return sum(math.log(chance if right else 1 - chance) for chance, right in chances)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the fitted number."""
    parser = argparse.ArgumentParser(prog="tests.eval.fit_confidence", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT_FILE)
    path: Path = parser.parse_args(arguments).file
    if not path.is_file():
        sys.stdout.write(f"no labelled prompts at {path}: nothing was fitted\n")
        return 0
    sys.stdout.write(f"_SHARPNESS = {fit(guesses(path)):.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
