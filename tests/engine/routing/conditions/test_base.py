"""A refused field is named, and an unknown one with those that there are."""

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.builtin import CONDITION_KINDS
from butler.engine.errors import ConfigError
from butler.engine.routing.conditions.base import only, refuse
from tests.engine.routing.calls import condition, refusal


def test_a_refusal_says_what_where_and_what_to_do() -> None:
    (problem,) = refuse("words", "No words.", "Add some.").problems
    assert (problem.code, problem.field) == (ProblemCode.INVALID, "words")
    assert (problem.detail, problem.hint) == ("No words.", "Add some.")


def test_known_fields_pass_whether_given_or_not() -> None:
    only({"kind": "keywords", "words": []}, "words", "match")
    only({}, "words")


def test_an_unknown_field_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="no field 'wrods'") as refused:
        only({"kind": "keywords", "zzz": 1, "wrods": ["a"]}, "words", "match")
    (problem,) = refused.value.problems
    assert problem.field == "wrods"
    assert problem.hint == "It takes words, match."


@pytest.mark.parametrize("kind", CONDITION_KINDS)
def test_every_kind_refuses_a_field_that_it_does_not_know(kind: str) -> None:
    problem = refusal({"all": [{"kind": kind, "colour": "red"}]})
    assert problem.field == "when.all[0].colour"
    assert kind in problem.detail


@pytest.mark.parametrize("kind", CONDITION_KINDS)
def test_every_kind_has_a_form_and_asks_for_its_required_fields(kind: str) -> None:
    known = CONDITION_KINDS[kind]
    assert known.kind == kind
    assert known.title
    names = [field.name for field in known.fields]
    assert len(names) == len(set(names))
    if kind in READY_AS_THEY_ARE:
        assert not any(field.required for field in known.fields)
        condition({"kind": kind})
        return
    missing = refusal({"kind": kind})
    assert missing.code is ProblemCode.INVALID
    assert missing.hint
    assert missing.field in {f"when.{name}" for name in names}


READY_AS_THEY_ARE = {"has_tools", "thinking", "private", "contains_secrets", "health", "time"}
"""Kinds whose every field has a sensible default."""
