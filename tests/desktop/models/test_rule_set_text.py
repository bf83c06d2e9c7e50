"""A set of rules as text: what it says of them, what is wrong with it, and where."""

import json
from typing import Any

import pytest

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import Rule, Thinking
from butler.contract.rule_sets import RuleSetIn
from butler.contract.texts import load_texts
from butler.desktop.models.rule_set_text import SCHEMA, check, marks_of, tidied, written

EN, ZH = load_texts("en"), load_texts("zh_CN")
SOUND: dict[str, Any] = {
    "id": "rule_1",
    "name": "Code\u00a0first",
    "priority": 900,
    "when": {"all": [{"kind": "task", "tasks": ["coding"]}]},
    "target": "a/b",
}


def _rule(**said: Any) -> Rule:
    usual = {"description": "", "enabled": True, "fallbacks": [], "built_in": False, "problems": []}
    return Rule.model_validate({**SOUND, **usual, **said})


def test_it_says_all_that_is_configuration_and_nothing_else() -> None:
    rule = _rule(thinking=Thinking(mode="enabled", budget_tokens=5), fallbacks=["a/c"])
    text = written([rule, _rule(id="demo-x", built_in=True)])
    assert "\u00a0" not in text, "a text field would make a space of it"
    (item,) = RuleSetIn.model_validate_json(text).rules
    assert item.model_dump() == rule.model_dump(include=set(type(item).model_fields))
    assert list(json.loads(text)["rules"][0])[:3] == ["id", "name", "description"]
    assert check(text, EN).sound
    assert tidied(json.loads(text)) == text


def test_no_rules() -> None:
    assert written([]) == '{\n  "rules": []\n}\n'
    assert check(written([]), EN).sound


def _text(**wrong: Any) -> str:
    rules = [SOUND, {**SOUND, "id": None, "name": "odd", **wrong}]
    return json.dumps({"rules": rules}, indent=1, ensure_ascii=False)


@pytest.mark.parametrize(
    ("wrong", "quoted", "words"),
    [
        ({"priority": "high"}, '"high"', "A whole number belongs here."),
        ({"priority": 1001}, "1001", "At most 1000."),
        ({"priority": -1}, "-1", "At least 0."),
        ({"target": "nowhere"}, '"nowhere"', "does not have the form"),
        ({"name": " "}, '" "', "too short"),
        ({"enabled": "yes"}, '"yes"', "true or false"),
        ({"colour": "red"}, '"colour"', "“colour” is no field here."),
        ({"fallbacks": "a/c"}, '"a/c"', "A list in [ ] belongs here."),
        ({"when": 5}, "5", "An object in { } belongs here."),
        ({"thinking": {"mode": "maybe"}}, '"maybe"', "'auto', 'enabled' or 'disabled'"),
        ({"fallbacks": ["a/c"] * 4}, "[", "too many"),
    ],
)
def test_what_does_not_fit_is_marked_where_it_stands(
    wrong: dict[str, Any], quoted: str, words: str
) -> None:
    text = _text(**wrong)
    (mark,) = check(text, EN).marks
    assert text[mark.place.start : mark.place.stop] == quoted
    line = text.splitlines()[mark.line - 1]
    assert line[mark.column - 1 :].startswith(quoted)
    assert words in mark.words
    (chinese,) = check(text, ZH).marks
    assert chinese.place == mark.place
    assert chinese.words != mark.words


def test_what_is_missing_is_marked_at_its_rule() -> None:
    text = '{"rules": [\n {"name": "x", "when": {}}]}'
    (mark,) = check(text, EN).marks
    assert (mark.line, mark.column) == (2, 2)
    assert "target" in mark.words


def test_a_fault_of_the_json_comes_alone() -> None:
    checked = check(_text(priority="high").replace('"odd",', '"odd"'), EN)
    assert checked.document is None
    assert len(checked.marks) == 1
    assert not checked.sound


def test_every_word_of_the_schema_can_be_said() -> None:
    values = {"name": "x", "why": "y", "ge": 1, "gt": 1, "le": 2, "max_length": 3, "min_length": 1}
    for kind in SCHEMA:
        for texts in (EN, ZH):
            assert texts(f"rules.json.schema.{kind}", **values, expected="z", actual_length=9)


def test_what_the_engine_finds_is_marked_in_order() -> None:
    document = check(_text(), EN).document
    assert document is not None
    problems = [
        Problem(code=ProblemCode.INVALID, field=field, detail=f"No {field}.", hint="Do.")
        for field in ("rules.1.when.all[0].tasks", "rules.0.target", None)
    ]
    marks = marks_of(document, problems, EN)
    said = [document.text[mark.place.start : mark.place.stop] for mark in marks]
    assert said == ["{", '"a/b"', "["]
    assert marks[0].line == 1
    assert marks[1].words == "No rules.0.target. Do."
    assert marks_of(document, problems, ZH)[1].words.startswith("有一个值无效。")
