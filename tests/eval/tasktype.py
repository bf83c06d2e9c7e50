"""Measures the task classifier on labelled prompts: `python -m tests.eval.tasktype [FILE]`.

FILE holds lines of `{"id", "text", "label", "lang"}`. The prompts fall into two halves by the
SHA-1 of their id: the even half is open to people who tune cues, the odd half is looked at only
here, in sums. The exit status is 1 when the odd half misses one of the bars or is too far behind
the even one, and 0 when there is no file, since the data is not part of the repository.
`--own` measures the product's own prompts instead, all of them; CI guards those.
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
OWN_FILE: Final = Path(__file__).with_name("prompts.jsonl")
MOST_BEHIND: Final = 0.03
_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bars:
    """What is asked of a set of prompts: shares from 0 to 1, the last one at most."""

    accuracy: float
    of_each_language: float
    f1_of_each_label: float
    calibration_error: float


BARS: Final = Bars(0.80, 0.77, 0.65, 0.05)
_LANGUAGES: Final = ("en", "zh")


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


def missed(judged: Sequence[Judged], bars: Bars) -> list[str]:
    """What falls short of the bars, in words; nothing where all are kept."""
    figures = [("accuracy", accuracy(judged), bars.accuracy)]
    for lang in _LANGUAGES:
        own = [one for one in judged if one.lang == lang]
        figures.append((f"accuracy in {lang}", accuracy(own), bars.of_each_language))
    figures += [(f"F1 of {task}", f1(judged, task), bars.f1_of_each_label) for task in Task]
    short = [
        f"{name} is {_percent(found)}, at least {_percent(least)} is asked"
        for name, found, least in figures
        if found < least
    ]
    error, most = calibration_error(judged), bars.calibration_error
    if error > most:
        short.append(f"calibration error is {_percent(error)}, at most {_percent(most)} is asked")
    return short


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
    parser.add_argument("--own", action="store_true", help="measure the product's own prompts")
    options = parser.parse_args(arguments)
    path: Path = OWN_FILE if options.own else options.file
    if not path.is_file():
        sys.stdout.write(f"no labelled prompts at {path}: task accuracy was not measured\n")
        return 0
    with path.open(encoding="utf-8") as lines:
        judged = judge(lines)
    sys.stdout.write(f"{report(judged)}\n")
    short = missed(judged, BARS) if options.own else _missed_by_halves(judged)
    sys.stdout.write("".join(f"{line}\n" for line in short) or "all bars are kept\n")
    return int(bool(short))


def _missed_by_halves(judged: Sequence[Judged]) -> list[str]:
    odd = [one for one in judged if not one.even]
    behind = accuracy([one for one in judged if one.even]) - accuracy(odd)
    short = [f"odd half: {line}" for line in missed(odd, BARS)]
    if behind > MOST_BEHIND:
        short.append(
            f"the odd half is {_percent(behind)} points behind the even one,"
            f" at most {_percent(MOST_BEHIND)} are allowed"
        )
    return short


if __name__ == "__main__":
    sys.exit(main())
