"""The notation of the cue sheets, and that the sheets in use are written in it."""

import re

import pytest

from butler.contract.tasks import Task
from butler.engine.signals.task.cues import SHEETS
from butler.engine.signals.task.passages import read_prompt
from butler.engine.signals.task.script import simplify
from butler.engine.signals.task.sheet import Cues, Mark, Sheet


def test_phrases_are_separated_by_commas_and_line_ends() -> None:
    cues = Cues(2, "\n    fix the  bug, 代码,\n    stack trace\n    diff\n")
    assert cues.split() == ["fix the bug", "代码", "stack trace", "diff"]


def test_a_mark_is_tried_only_where_one_of_its_literals_stands() -> None:
    mark = Mark("power", 1, re.compile(r"x\^?2"), ("^",))
    assert mark.found_in("x^2")
    assert not mark.found_in("x2")
    assert Mark("power", 1, re.compile(r"x\^?2")).found_in("x2")


def test_every_task_has_one_sheet() -> None:
    assert sorted(sheet.task for sheet in SHEETS) == sorted(Task)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.task))
def test_phrases_are_written_as_they_are_looked_up(sheet: Sheet) -> None:
    for group in (sheet.opens, sheet.says, sheet.makes):
        phrases = [phrase for cues in group for phrase in cues.split()]
        assert [phrase for phrase in set(phrases) if phrases.count(phrase) > 1] == []
        for phrase in phrases:
            read = " ".join(sentence.text for sentence in read_prompt(phrase).sentences)
            assert read == simplify(phrase), (
                f"{phrase!r} can never be found: it is read as {read!r}"
            )
