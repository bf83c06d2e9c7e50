"""Train the model of the task classifier from the prompts beside this file: `make train`.

Writes its weights into `resources/models/task` and prints how good it is on stretches of the
prompts that it was not trained on. The same prompts give the same weights.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from examples import FOLDS, Example, read_examples
from fitting import CUE_UNIT, Matrix, fit, kernel, weights_of

from butler.contract.tasks import Task
from butler.engine.signals.task.wording import SCALES_FILE, WEIGHTS_FILE

TARGET = Path(__file__).resolve().parents[2] / "resources" / "models" / "task"
_SHARES = (0.0, 0.4, 0.5, 0.6, 0.8, 1.0)
_MOST = 127


def main(arguments: Sequence[str]) -> int:
    """Train, write, and print the figures; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--to", type=Path, default=TARGET, help="the folder to write into")
    parser.add_argument("--quick", action="store_true", help="write only, without the figures")
    options = parser.parse_args(arguments)
    examples = read_examples()
    print(f"{len(examples)} prompts", flush=True)
    shared = kernel(examples)
    cues = np.array([one.cues for one in examples])
    labels = np.array([one.label for one in examples])
    if not options.quick:
        _print_left_out(examples, shared, cues, labels)
    write(weights_of(examples, fit(shared, cues, labels)), options.to)
    print(f"wrote {options.to}")
    return 0


def write(weights: Matrix, folder: Path) -> None:
    """Round the weights to eight bits, with a scale per task, and put them into the folder."""
    scales = np.abs(weights).max(axis=0) / _MOST
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / WEIGHTS_FILE, np.rint(weights / scales).astype("<i1"), allow_pickle=False)
    np.save(folder / SCALES_FILE, scales.astype("<f4"), allow_pickle=False)


def _print_left_out(
    examples: Sequence[Example], shared: Matrix, cues: Matrix, labels: np.ndarray
) -> None:
    """How often it is right on stretches left out in training, by the share of the wording."""
    folds = np.array([one.fold for one in examples])
    langs = np.array([one.lang for one in examples])
    left = np.zeros((len(examples), len(Task)))
    for fold in range(FOLDS):
        out, rest = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        fitted = fit(shared[np.ix_(rest, rest)], cues[rest], labels[rest])
        left[out] = shared[np.ix_(out, rest)] @ fitted / CUE_UNIT
    print("share of the wording, and what is right of the prompts left out in training:")
    for share in _SHARES:
        right = (cues + share * left).argmax(axis=1) == labels
        parts = ", ".join(f"{lang} {right[langs == lang].mean():.1%}" for lang in sorted({*langs}))
        print(f"  {share:.1f}: {right.mean():.1%} ({parts})", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
