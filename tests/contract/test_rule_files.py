"""Rules as files: what goes out comes in again exactly, and what is none is told of."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.contract.resources import RuleIn
from butler.contract.rule_files import RuleFileError, document_of, rules_from, rules_text
from butler.engine.builtin import CONDITION_KINDS

_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029\ufeff"),
    max_size=40,
)
_VALUE = st.one_of(st.booleans(), st.integers(-(2**53), 2**53), _TEXT, st.lists(_TEXT, max_size=4))
_CONDITION = st.builds(
    lambda kind, fields: {**fields, "kind": kind},
    st.sampled_from(sorted(CONDITION_KINDS)),
    st.dictionaries(st.sampled_from(["words", "min", "value", "state", "pattern"]), _VALUE),
)


def _group(members: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    way = st.sampled_from(["all", "any", "none"])
    return st.builds(lambda name, of: {name: of}, way, st.lists(members, max_size=3))


_WHEN: st.SearchStrategy[dict[str, Any]] = st.recursive(_group(_CONDITION), _group, max_leaves=6)
_RULE = st.fixed_dictionaries(
    {
        "id": st.one_of(st.none(), _TEXT),
        "name": _TEXT,
        "description": _TEXT,
        "priority": st.integers(0, 1000),
        "enabled": st.booleans(),
        "when": _WHEN,
        "target": st.sampled_from(["a/b", "ollama/qwen3:8b", "供应/模型"]),
        "fallbacks": st.lists(st.sampled_from(["c/d", "e/f"]), max_size=2),
        "thinking": st.sampled_from([None, {"mode": "enabled", "budget_tokens": 7}]),
        "cap_price": st.booleans(),
    }
)


@given(st.lists(_RULE, max_size=4), st.booleans())
def test_whatever_goes_out_comes_in_exactly(rules: list[dict[str, Any]], as_yaml: bool) -> None:
    listed = [{**rule, "built_in": False, "problems": [], "findings": []} for rule in rules]
    text = rules_text(document_of(listed), as_yaml=as_yaml)
    assert rules_from(text.encode()) == rules


def test_it_holds_all_that_a_rule_is() -> None:
    rule = {"name": "a", "when": {"all": []}, "target": "a/b"}
    whole = RuleIn.model_validate(rule).model_dump(mode="json")
    assert document_of([{**whole, "built_in": False}])["rules"] == [whole]
    assert document_of([{**whole, "built_in": True}])["rules"] == []


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b'{"rules": [', "line 1 column 12"),
        (b"[1, 2]", "no list of rules"),
        (b"3", "neither a list nor an object"),
        (b"a: [b", "parsing a flow"),
        (b"[" * 200_000, "nested too deep"),
        (b"rules: [{when: 2026-01-01}]", "no rule can"),
        (b'{"version": 7, "rules": []}', "version 7"),
        (b"!!python/object/apply:os.system ['true']", "could not determine a constructor"),
    ],
)
def test_what_is_no_file_of_rules_is_told_of(raw: bytes, why: str) -> None:
    with pytest.raises(RuleFileError, match=re.escape(why)):
        rules_from(raw)
