"""The editor of conditions: what it shows comes back exactly, and everything can be reached."""

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from butler.contract.condition_kinds import ConditionField, ConditionKindRow
from butler.contract.tasks import Task
from butler.desktop.look import Look
from butler.desktop.widgets.rules.condition_row import ConditionRow
from butler.desktop.widgets.rules.field_editors import EDITORS, Offer, editor_of
from butler.desktop.widgets.rules.group_editor import GroupEditor
from butler.engine.assistant.generator.schema import answer_schema
from butler.engine.builtin import CONDITION_KINDS
from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.groups import GroupReader
from butler.engine.signals.task import classify
from tests.desktop.models.test_condition_words import EXAMPLES

KINDS = {
    kind.kind: ConditionKindRow(
        kind=kind.kind,
        title=kind.title,
        private=kind.private,
        fields=[ConditionField(**dataclasses.asdict(field)) for field in kind.fields],
    )
    for kind in CONDITION_KINDS.values()
}
VALUES: dict[str, Any] = {
    "tasks": ["coding", "chat"],
    "words": ["invoice", "发票"],
    "names": ["claude-*", "codex"],
    "number": 1500,
    "bool": False,
    "regex": "fix(?:es)?",
    "time": "22:00",
    "target": "acme/alpha",
    "text": "x",
}
BY_NAME: dict[str, Any] = {"min_confidence": 0.7, "max_failure_rate": 0.5, "to": "07:00"}
PROMPTS = {
    Task.CODING: "Write a Python function that merges two sorted lists.",
    Task.TRANSLATION: "Translate this sentence into German: the meeting is on Friday.",
    Task.ANALYSIS: "Analyse these sales figures and compare the quarters.",
    Task.MATH: "Solve the equation 3x + 5 = 20 for x.",
    Task.CREATIVE: "Write a short story about a lighthouse keeper.",
    Task.CHAT: "Hi there! How is your day going?",
    Task.SUMMARIZATION: "Summarize this article in three sentences.",
    Task.GENERAL: "What is the capital of Mongolia?",
}


def _offer(look: Look) -> Offer:
    return Offer(look.texts, ["acme/alpha", "acme/beta"])


def _example(field: ConditionField) -> Any:
    form, _, choices = field.type.partition(":")
    if field.name in BY_NAME:
        return BY_NAME[field.name]
    if form == "choices":
        return choices.split(",")[:2]
    return choices.split(",")[-1] if form == "choice" else VALUES[form]


@pytest.mark.parametrize("kind", KINDS)
def test_a_condition_is_written_field_by_field(look: Look, kind: str) -> None:
    row = ConditionRow(look, KINDS, _offer(look), {"kind": kind})
    assert row.kind.value == kind
    wanted: dict[str, Any] = {"kind": kind}
    for field in KINDS[kind].fields:
        editor = row._editors[field.name]
        editor.show_value(_example(field))
        editor.edited.emit()
        wanted[field.name] = _example(field)
    assert row.spec == wanted
    # What was written compiles: the forms fit what the engine reads.
    if kind != "tokens":
        GroupReader(CONDITION_KINDS, Compiling()).read({"all": [wanted]})


@pytest.mark.parametrize("kind", KINDS)
def test_what_nobody_touches_is_as_it_was(look: Look, kind: str) -> None:
    spec = {"kind": kind, **EXAMPLES[kind], "unknown_to_us": {"kept": [1, None]}}
    assert ConditionRow(look, KINDS, _offer(look), spec).spec == spec


_LEAF = st.sampled_from([{"kind": kind, **fields} for kind, fields in EXAMPLES.items()])


def _group(members: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    way = st.sampled_from(["all", "any", "none"])
    return st.builds(lambda name, of: {name: of}, way, st.lists(members, min_size=1, max_size=3))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spec=st.recursive(_group(_LEAF), lambda inner: _group(st.one_of(inner, _LEAF)), max_leaves=6)
)
def test_groups_come_back_exactly_touched_or_not(look: Look, spec: dict[str, Any]) -> None:
    editor = GroupEditor(look, KINDS, _offer(look), spec)
    assert editor.spec == spec
    editor._touched()
    assert editor.spec == spec
    editor.deleteLater()


def test_a_bare_condition_is_shown_in_a_group_and_kept(look: Look) -> None:
    bare = {"kind": "tokens", "min": 5}
    editor = GroupEditor(look, KINDS, _offer(look), bare)
    assert editor.spec == bare
    assert len(editor.members) == 1


def test_every_kind_and_every_task_can_be_reached(look: Look) -> None:
    row = ConditionRow(look, KINDS, _offer(look), {"kind": "task"})
    offered = {row.kind.itemData(at) for at in range(row.kind.count())}
    assert offered == set(CONDITION_KINDS)
    tasks = row._editors["tasks"]
    tasks.show_value(list(Task))
    assert tasks.value == list(Task)
    used = {field.type.partition(":")[0] for kind in KINDS.values() for field in kind.fields}
    assert used <= set(EDITORS)
    schema = json.dumps(answer_schema(CONDITION_KINDS.values(), ["acme/alpha"]))
    for name in (*CONDITION_KINDS, *Task):
        assert f'"{name}"' in schema
    assert {task: classify(prompt, ()).task for task, prompt in PROMPTS.items()} == {
        task: task for task in Task
    }


def test_a_field_of_a_type_that_nobody_knows_is_a_line_of_text(look: Look) -> None:
    field = ConditionField(
        name="x", title="X", type="new", required=False, secret=False, default=None
    )
    editor = editor_of(field, "X", _offer(look))
    editor.show_value("some text")
    assert editor.value == "some text"


def test_words_with_commas_and_numbers_with_them_are_not_lost(look: Look) -> None:
    row = ConditionRow(look, KINDS, _offer(look), {"kind": "keywords", "words": ["hello, world"]})
    words = row._editors["words"]
    words.edited.emit()
    assert row.spec["words"] == ["hello, world"]
    size = ConditionRow(look, KINDS, _offer(look), {"kind": "tokens", "min": 1, "max": 9})
    most = size._editors["max"]
    most.widget.setText("10,000")  # type: ignore[attr-defined]
    most.edited.emit()
    # What can not be read changes nothing, and looks wrong.
    assert size.spec == {"kind": "tokens", "min": 1, "max": 9}
    assert most.widget.property("wrong") is True
    pattern = ConditionRow(look, KINDS, _offer(look), {"kind": "regex", "pattern": " a "})
    pattern._editors["pattern"].edited.emit()
    assert pattern.spec["pattern"] == " a "
