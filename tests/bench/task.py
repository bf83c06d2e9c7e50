"""What telling a prompt's task costs: the cues, the wording's model, and both, cold and warm.

Times are processor time of the thread, as in `rules`. The prompts are those of `tests/eval`, and
longer ones made of them; every one is new to the classifier, which keeps nothing between calls.
`python -m tests.bench.task`.
"""

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import quantiles
from typing import Final

from butler.contract.places import resource
from butler.engine.signals.task import classify, prepare
from butler.engine.signals.task.classifier import cue_scores, read_turns
from butler.engine.signals.task.passages import read_prompt
from tests.eval.tasktype import OWN_FILE

_BUDGET_MS: Final = 2.0
_ROUNDS: Final = 3
_LONG_CHARS: Final = 20_000
_PASTE: Final = 12
_COLD: Final = (
    "import time; began = time.perf_counter()\n"
    "from butler.engine.signals.task import classify, prepare\n"
    "imported = time.perf_counter(); prepare(); prepared = time.perf_counter()\n"
    "classify('Write a function. 写一个函数。'); first = time.perf_counter()\n"
    "classify('Write a test. 写一个测试。'); second = time.perf_counter()\n"
    "print(imported - began, prepared - imported, first - prepared, second - first)"
)


def run() -> bool:
    """Measure and print; True when the classifier keeps its budget."""
    from butler.engine.signals.task.wording import read_wording  # noqa: PLC0415 - loads numpy

    _print_cold()
    prepare()
    wording = read_wording(resource("models", "task"))
    sets = _sets()
    # The cues cut a prompt into sentences, and the wording reads the same ones.
    cut = {text: read_prompt(text) for _, texts in sets for text in texts}
    steps: Sequence[tuple[str, Callable[[str], object]]] = (
        ("cues", lambda text: cue_scores(read_turns(text))),
        ("wording", lambda text: wording.scores(cut[text])),
        ("classify", classify),
    )
    kept = True
    print(f"{'task classifier, processor time per call':<62}{'p50':>12}{'p99':>12}")
    for title, texts in sets:
        for name, step in steps:
            middle, late = _percentiles(step, texts)
            missed = name == "classify" and late >= _BUDGET_MS
            kept = kept and not missed
            print(f"{f'{name}, {title}':<62}{middle:>9.3f} ms{late:>9.3f} ms", end="")
            print(f"  budget {_BUDGET_MS:.0f} ms" * (name == "classify") + " MISSED" * missed)
    return kept


def _print_cold() -> None:
    done = subprocess.run([sys.executable, "-c", _COLD], capture_output=True, text=True, check=True)
    names = ("import", "prepare", "first call", "second call")
    parts = zip(names, map(float, done.stdout.split()), strict=True)
    print("\nin a new process: " + ", ".join(f"{name} {1000 * s:.2f} ms" for name, s in parts))


def _sets() -> list[tuple[str, list[str]]]:
    rows = [json.loads(line) for line in OWN_FILE.read_text(encoding="utf-8").splitlines()]
    sets = []
    for lang, title in (("en", "English"), ("zh", "Chinese")):
        texts = [row["text"] for row in rows if row["lang"] == lang]
        sets.append((f"{title}, {len(texts)} prompts of tests/eval", texts))
        pasted = [
            "\n".join(texts[place : place + _PASTE] * _LONG_CHARS)[:_LONG_CHARS]
            for place in range(len(texts) - _PASTE)
        ]
        sets.append((f"{title}, {_LONG_CHARS:,} characters", pasted))
    return sets


def _percentiles(step: Callable[[str], object], texts: Sequence[str]) -> tuple[float, float]:
    spent_ms = []
    gc.collect()
    for _ in range(_ROUNDS):
        for text in texts:
            before_ns = time.thread_time_ns()
            step(text)
            spent_ms.append((time.thread_time_ns() - before_ns) / 1e6)
    cuts = quantiles(spent_ms, n=100)
    return cuts[49], cuts[98]


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
