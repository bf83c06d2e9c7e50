"""Conditions in words: every kind, in both languages, nothing left open."""

import pytest

from butler.contract.texts import load_texts
from butler.desktop.models.condition_words import words_of
from butler.engine.builtin import CONDITION_KINDS

EXAMPLES = {
    "task": {"tasks": ["coding"], "min_confidence": 0.7},
    "keywords": {"words": ["a", "b", "c", "d", "e", "f"]},
    "regex": {"pattern": "fix{1}"},
    "tokens": {"min": 10_000},
    "modality": {"modalities": ["image"]},
    "has_tools": {"value": False},
    "language": {"languages": ["zh"]},
    "thinking": {},
    "client": {"clients": ["codex"]},
    "call_kind": {"kinds": ["title"]},
    "token": {"tokens": ["work"]},
    "requested_model": {"models": ["claude-*"]},
    "time": {"from": "22:00", "to": "07:00", "days": ["mon"]},
    "contains_secrets": {"kinds": ["email"]},
    "private": {},
    "cost": {"max_input_usd": 5},
    "latency": {"max_ms": 1500},
    "health": {"state": "failing", "target": "a/b"},
    "budget": {"states": ["spent"]},
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", CONDITION_KINDS)
def test_every_kind_has_words(language: str, kind: str) -> None:
    texts = load_texts(language)
    told = words_of(texts, {"all": [{"kind": kind, **EXAMPLES[kind]}]})
    assert told
    assert kind not in ("keywords",) or "+2" in told
    assert "{" not in told.replace("fix{1}", "")


def test_groups_are_joined_and_nested() -> None:
    texts = load_texts("en")
    coding = {"kind": "task", "tasks": ["coding"]}
    title = {"kind": "call_kind", "kinds": ["title", "memory"]}
    assert words_of(texts, {"all": [coding, {"none": [title]}]}) == (
        "task is coding, and not a title, memory call"
    )
    both = {"any": [coding, {"all": [coding, title]}]}
    assert words_of(texts, both) == "task is coding or (task is coding, and a title, memory call)"


@pytest.mark.parametrize("odd", [{}, {"all": None}, {"all": [3]}, {"kind": "new", "x": 1}])
def test_what_is_unknown_does_not_fail(odd: dict[str, object]) -> None:
    assert isinstance(words_of(load_texts("en"), odd), str)  # type: ignore[arg-type]
