"""The table of the original's defects is whole, counts right, and names tests that exist."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DEFECTS = ROOT / "docs" / "defects-of-the-original.md"
IDS = [f"W{number:02}" for number in range(1, 64)]
STATES = ("Avoided", "Partly", "Not yet")
_STATE = re.compile(r"\*\*(.+?)\.\*\* \S")
_TEST = re.compile(r"`(tests/[^`]+)`")


@dataclass(frozen=True, slots=True)
class Defect:
    """One row: its id, whether it is avoided, and the tests that it names."""

    id: str
    state: str
    tests: tuple[str, ...]


def defects() -> Iterator[Defect]:
    """Read the rows; fails on one that does not have the four columns."""
    for line in DEFECTS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("| W"):
            continue
        _, id_, wrong, how, tests, _ = (cell.strip() for cell in line.split("|"))
        state = _STATE.match(how)
        assert wrong, id_
        assert state, f"{id_}: the third column begins with none of {STATES}"
        yield Defect(id_, state[1], tuple(_TEST.findall(tests)))


def test_every_defect_stands_in_the_table_once_and_in_order() -> None:
    assert [defect.id for defect in defects()] == IDS


def test_its_counts_are_those_of_its_rows() -> None:
    counts = Counter(defect.state for defect in defects())
    assert set(counts) <= set(STATES)
    avoided, partly, not_yet = (counts[state] for state in STATES)
    told = " ".join(DEFECTS.read_text(encoding="utf-8").split())
    assert f"{avoided} are avoided, {partly} partly, {not_yet} not yet" in told


def test_whatever_is_avoided_names_the_test_that_shows_it() -> None:
    assert [it.id for it in defects() if it.state != "Not yet" and not it.tests] == []


def test_every_test_that_it_names_exists() -> None:
    missing = [
        f"{defect.id}: {name}" for defect in defects() for name in defect.tests if not exists(name)
    ]
    if missing:
        pytest.fail("\n".join(missing), pytrace=False)


def exists(name: str) -> bool:
    """Whether a test of this name is written in the file of this path."""
    path, _, test = name.partition("::")
    return test in names_in(path)


@cache
def names_in(path: str) -> frozenset[str]:
    """Names of the tests in a file, read and not imported; none where there is no such file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    body = ast.parse(file.read_text(encoding="utf-8")).body
    functions = (it for it in body if isinstance(it, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(it.name for it in functions if it.name.startswith("test_"))
