"""Measures the task classifier on labelled prompts: `python -m tests.eval.tasktype [FILE]`.

FILE holds lines of `{"id", "text", "label", "lang"}`. The prompts fall into two halves by the
SHA-1 of their id: the even half is open to people who tune cues, the odd half is looked at only
here, in sums. The exit status is 1 when the odd half is under the floor or too far behind the
even one, and 0 when there is no file, since the data is not part of the repository.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from butler.contract.tasks import Task
from butler.engine.signals.task import classify

DEFAULT_FILE: Final = Path("../shared/eval/tasktype_dev.jsonl")
FLOOR: Final = 0.78
MOST_BEHIND: Final = 0.03
_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One prompt with its label and what the classifier said."""

    label: str
    lang: str
    even: bool
    guess: str
    confidence: float

    @property
    def right(self) -> bool:
        """Whether the classifier agreed with the label."""
        return self.guess == self.label


def is_even(prompt_id: str) -> bool:
    """Whether a prompt belongs to the half that may be read."""
    digest = hashlib.sha1(prompt_id.encode(), usedforsecurity=False).hexdigest()
    return int(digest, 16) % 2 == 0


def judge(lines: Iterable[str]) -> list[Judged]:
    """Classifies every line of the file."""
    judged = []
    for line in lines:
        row = json.loads(line)
        guess = classify(row["text"])
        judged.append(
            Judged(row["label"], row["lang"], is_even(row["id"]), guess.task, guess.confidence)
        )
    return judged


def accuracy(judged: Sequence[Judged]) -> float:
    """The share that was right; 0 of none."""
    return sum(one.right for one in judged) / len(judged) if judged else 0.0


def f1(judged: Sequence[Judged], label: str) -> float:
    """The harmonic mean of precision and recall for one label."""
    hits = sum(one.right and one.label == label for one in judged)
    named = sum(one.guess == label for one in judged) + sum(one.label == label for one in judged)
    return 2 * hits / named if named else 0.0


def calibration_error(judged: Sequence[Judged]) -> float:
    """How far confidence lies from accuracy, on average over ten bands of confidence."""
    bands: list[list[Judged]] = [[] for _ in range(_BINS)]
    for one in judged:
        bands[min(int(one.confidence * _BINS), _BINS - 1)].append(one)
    apart = 0.0
    for band in bands:
        if band:
            mean = sum(one.confidence for one in band) / len(band)
            apart += abs(accuracy(band) - mean) * len(band)
    return apart / len(judged) if judged else 0.0


def report(judged: Sequence[Judged]) -> str:
    """The figures as a table: per label, per language, and overall, for both halves."""
    even = [one for one in judged if one.even]
    odd = [one for one in judged if not one.even]
    rows = [("", "even n", "acc", "f1", "odd n", "acc", "f1", "both", "f1")]
    for task in Task:
        rows.append(_row(task, even, odd, lambda one, task=task: one.label == task, task))
    for lang in sorted({one.lang for one in judged}):
        rows.append(_row(f"lang {lang}", even, odd, lambda one, lang=lang: one.lang == lang))
    rows.append(_row("overall", even, odd, lambda _: True))
    table = "\n".join(_line(row) for row in rows)
    errors = f"{calibration_error(even):.3f} even, {calibration_error(odd):.3f} odd"
    return f"{table}\ncalibration error: {errors}"


def _row(
    name: str,
    even: Sequence[Judged],
    odd: Sequence[Judged],
    belongs: Callable[[Judged], bool],
    label: str | None = None,
) -> tuple[str, ...]:
    cells = [name]
    for half in (even, odd):
        own = [one for one in half if belongs(one)]
        cells += [
            str(len(own)),
            _percent(accuracy(own)),
            _percent(f1(half, label)) if label else "",
        ]
    both = [*even, *odd]
    own = [one for one in both if belongs(one)]
    cells += [_percent(accuracy(own)), _percent(f1(both, label)) if label else ""]
    return tuple(cells)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:<15}" + "".join(f"{cell:>8}" for cell in cells[1:])


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report; the exit status says whether the odd half is good enough."""
    parser = argparse.ArgumentParser(prog="tests.eval.tasktype", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT_FILE)
    path: Path = parser.parse_args(arguments).file
    if not path.is_file():
        sys.stdout.write(f"no labelled prompts at {path}: task accuracy was not measured\n")
        return 0
    with path.open(encoding="utf-8") as lines:
        judged = judge(lines)
    sys.stdout.write(f"{report(judged)}\n")
    odd = accuracy([one for one in judged if not one.even])
    behind = accuracy([one for one in judged if one.even]) - odd
    if odd < FLOOR or behind > MOST_BEHIND:
        sys.stdout.write(
            f"the odd half is at {_percent(odd)} %, {_percent(behind)} points behind the even:"
            f" at least {_percent(FLOOR)} % and at most {_percent(MOST_BEHIND)} behind are asked\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
