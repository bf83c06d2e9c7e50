"""Fits the confidence curve of the task classifier: `python -m tests.eval.fit_confidence [FILE]`.

Only the even half of the labelled prompts is used. The two numbers that it prints belong into
`butler/engine/signals/task/confidence.py`.
"""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from butler.engine.signals.task import classify
from butler.engine.signals.task.confidence import chance_at, lead_of
from tests.eval.tasktype import DEFAULT_FILE, is_even

_STEPS: Final = 41


def leads(path: Path) -> list[tuple[float, bool]]:
    """The lead of every guess over the even half, and whether the guess was right."""
    with path.open(encoding="utf-8") as lines:
        rows = [row for line in lines if is_even((row := json.loads(line))["id"])]
    guesses = [(classify(row["text"]), row["label"]) for row in rows]
    return [(lead_of(guess.scores), guess.task == label) for guess, label in guesses]


def fit(seen: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """The most likely offset and slope, by trying a grid."""
    offsets = [step * 0.05 for step in range(_STEPS)]
    slopes = [0.1 + step * 0.05 for step in range(_STEPS)]
    pairs = [(offset, slope) for offset in offsets for slope in slopes]
    return max(pairs, key=lambda pair: _likelihood(seen, *pair))


def _likelihood(seen: Sequence[tuple[float, bool]], offset: float, slope: float) -> float:
    chances = ((chance_at(lead, offset, slope), right) for lead, right in seen)
    return sum(math.log(chance if right else 1 - chance) for chance, right in chances)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the fitted numbers."""
    parser = argparse.ArgumentParser(prog="tests.eval.fit_confidence", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT_FILE)
    path: Path = parser.parse_args(arguments).file
    if not path.is_file():
        sys.stdout.write(f"no labelled prompts at {path}: nothing was fitted\n")
        return 0
    offset, slope = fit(leads(path))
    sys.stdout.write(f"_OFFSET = {offset:.2f}\n_SLOPE = {slope:.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
