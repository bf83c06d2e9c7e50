"""Measures the guard of the semantic cache on labelled pairs: `python -m tests.eval.semcache`.

A file (the argument, else the shared one beside the repository) holds lines of
`{"id", "a", "b", "label", "kind", "lang"}`; label 1 says that one answer serves both prompts.
Printed are the hits of every group at several cosines, with the guard and without. The exit
status is 1 when a bar is missed, and 0 when there is no file, since the data is not part of the
repository.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from butler.engine.caches.guard import signature_of
from butler.engine.signals.embedder.loading import open_model
from butler.engine.signals.embedder.model import Embedding, NoEmbedding
from butler.engine.signals.embedder.sources import shipped

DEFAULT_FILE: Final = Path("../shared/eval/semcache_dev.jsonl")
COSINES: Final = (0.0, 0.80, 0.85, 0.90, 0.95, 0.98)
THRESHOLD: Final = 0.85
MOST_FALSE: Final = 0.005
LEAST_TRUE: Final = {"trivial": 0.90, "qqp": 0.10, "lcqmc": 0.08}
"""By how the name of a group begins: the share of pairs that must be hits."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair with its label and what guard and model say; no cosine where a text is unread."""

    kind: str
    is_same: bool
    is_candidate: bool
    is_settled: bool
    cosine: float | None = None
    a: str = ""
    b: str = ""

    def hits(self, threshold: float) -> bool:
        """Whether the cache would answer one with what it keeps of the other."""
        return self.is_settled or (self.is_candidate and self.hits_unguarded(threshold))

    def hits_unguarded(self, threshold: float) -> bool:
        """The same for a cache that knows nothing but cosines."""
        return self.cosine is not None and self.cosine >= threshold


def judge(lines: Iterable[str], model: "Model | None") -> list[Judged]:
    """Judges every line of the file; without a model only what the guard settles is a hit."""
    judged = []
    for line in lines:
        row = json.loads(line)
        one, other = signature_of(row["a"]), signature_of(row["b"])
        judged.append(
            Judged(
                row["kind"],
                bool(row["label"]),
                one.digest == other.digest,
                one.settles(other),
                model.cosine(row["a"], row["b"]) if model else None,
                row["a"],
                row["b"],
            )
        )
    return judged


class Model:
    """The shipped embedding model, asked for the likeness of two texts."""

    def __init__(self, scratch: Path) -> None:
        source = shipped()
        if source is None:
            raise FileNotFoundError("no embedding model was built")
        self._encoder = open_model(source, scratch)
        self._kept: dict[str, Embedding | NoEmbedding] = {}

    def cosine(self, a: str, b: str) -> float | None:
        """The cosine of two texts; None where one of them can not be read."""
        one, other = self._vector(a), self._vector(b)
        if isinstance(one, NoEmbedding) or isinstance(other, NoEmbedding):
            return None
        return float(one.values @ other.values)

    def _vector(self, text: str) -> Embedding | NoEmbedding:
        if text not in self._kept:
            self._kept[text] = self._encoder.embed(text)
        return self._kept[text]


def groups(judged: Sequence[Judged]) -> dict[tuple[str, bool], list[Judged]]:
    """The pairs by kind and label, in the order of their names."""
    found: dict[tuple[str, bool], list[Judged]] = {}
    for one in sorted(judged, key=lambda one: (one.kind, one.is_same)):
        found.setdefault((one.kind, one.is_same), []).append(one)
    return found


def most_false(count: int) -> int:
    """How many false hits a group of that size may have: one of 200 is half a percent."""
    return int(count * MOST_FALSE)


def missed_bars(judged: Sequence[Judged], threshold: float = THRESHOLD) -> list[str]:
    """What is not good enough, in words."""
    missed = []
    for (kind, is_same), pairs in groups(judged).items():
        hits = sum(one.hits(threshold) for one in pairs)
        if not is_same and hits > most_false(len(pairs)):
            missed.append(f"{kind}: {hits} false hits of {len(pairs)}")
        for begin, least in LEAST_TRUE.items():
            if is_same and kind.startswith(begin) and hits < least * len(pairs):
                missed.append(f"{kind}: {hits} true hits of {len(pairs)}")
    return missed


def report(judged: Sequence[Judged]) -> str:
    """The curve of every group as a table: hits in percent, guarded / by the cosine alone."""
    head = "".join(f"{f'>= {cosine:.2f}':>14}" for cosine in COSINES)
    lines = [f"{'hits %, guarded / cosine alone':<46}{'n':>6}{'settled':>9}{head}"]
    for (kind, is_same), pairs in groups(judged).items():
        settled = sum(one.is_settled for one in pairs)
        cells = "".join(f"{_cell(pairs, cosine):>14}" for cosine in COSINES)
        label = "same" if is_same else "diff"
        lines.append(f"{label} {kind[:40]:<41}{len(pairs):>6}{settled:>9}{cells}")
    return "\n".join(lines)


def _cell(pairs: Sequence[Judged], cosine: float) -> str:
    guarded = 100 * sum(one.hits(cosine) for one in pairs) / len(pairs)
    alone = 100 * sum(one.hits_unguarded(cosine) for one in pairs) / len(pairs)
    return f"{guarded:.1f} / {alone:.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report; the exit status says whether every bar is reached."""
    parser = argparse.ArgumentParser(prog="tests.eval.semcache", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT_FILE)
    parser.add_argument("--false", action="store_true", help="print every false hit")
    asked = parser.parse_args(arguments)
    if not asked.file.is_file():
        sys.stdout.write(f"no labelled pairs at {asked.file}: the guard was not measured\n")
        return 0
    try:
        model = Model(Path("build"))
    except FileNotFoundError as error:
        sys.stdout.write(f"{error}: only what the guard settles alone counts\n")
        model = None
    with asked.file.open(encoding="utf-8") as lines:
        judged = judge(lines, model)
    sys.stdout.write(f"{report(judged)}\n")
    for one in judged if asked.false else ():
        if one.hits(THRESHOLD) and not one.is_same:
            sys.stdout.write(f"false: {one.kind}: {one.a[:200]!r} {one.b[:200]!r}\n")
    missed = missed_bars(judged)
    sys.stdout.write("".join(f"missed at {THRESHOLD}: {bar}\n" for bar in missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
