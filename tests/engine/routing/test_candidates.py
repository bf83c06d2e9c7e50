"""Asking only the candidates finds the same rule as asking all."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from butler.engine.routing.candidates import Candidates
from butler.engine.routing.rules import CompiledRule, RuleSpec, compile_rule
from tests.engine.routing.calls import CHEAP, keywords, reader, rule, saying

WORDS = ["api", "build", "重构", "ship", "api build"]
LEAVES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(
        lambda words, mode: keywords(*words, match=mode),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        st.sampled_from(["word", "substring"]),
    ),
    st.sampled_from(["api|ship", "b.*d", "重.", r"\d", "^$"]).map(
        lambda pattern: {"kind": "regex", "pattern": pattern}
    ),
    st.sampled_from([{"kind": "tokens", "max": 12}, {"kind": "tokens", "min": 9}]),
    st.just({"kind": "task", "tasks": ["coding", "general"]}),
)
WHENS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda name, members: {name: members},
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


def compile_together(whens: list[dict[str, Any]]) -> list[CompiledRule]:
    """Rules of one revision, with one lexicon, in the order given."""
    shared = reader()
    return [
        compile_rule(RuleSpec(str(place), f"rule {place}", 500, when, (CHEAP,)), shared)
        for place, when in enumerate(whens)
    ]


def ids(candidates: Candidates, text: str) -> list[str]:
    return [rule.id for rule in candidates.among(saying(text))]


@given(
    st.lists(WHENS, max_size=8),
    st.lists(st.sampled_from([*WORDS, "apis", " ", "7", "hello"]), max_size=6).map(" ".join),
)
def test_every_rule_that_holds_is_among_them_in_order(
    whens: list[dict[str, Any]], text: str
) -> None:
    rules = compile_together(whens)
    asked = saying(text)
    among = list(Candidates(rules).among(asked))
    assert among == [rule for rule in rules if rule in among]
    holding = [rule for rule in rules if rule.match(asked)]
    assert [rule for rule in among if rule.match(asked)] == holding


def test_rules_without_their_words_are_not_asked() -> None:
    rules = compile_together(
        [
            keywords("api"),
            {"all": [keywords("build", "ship"), {"kind": "tokens", "min": 0}]},
            {"any": [keywords("ship"), {"kind": "regex", "pattern": "fix"}]},
            {"kind": "regex", "pattern": r"ticket-\d"},
        ]
    )
    candidates = Candidates(rules)
    assert len(candidates) == 4
    assert ids(candidates, "hello") == []
    assert ids(candidates, "the API") == ["0"]
    assert ids(candidates, "ship the api") == ["0", "1", "2"]
    assert ids(candidates, "fix ticket-7") == ["2", "3"]


def test_rules_that_need_no_word_are_always_asked() -> None:
    rules = compile_together(
        [
            {"none": [keywords("api")]},
            {"kind": "tokens", "min": 1},
            keywords("api"),
            {"any": [keywords("api"), {"kind": "task", "tasks": ["chat"]}]},
            {"all": [{"kind": "tokens", "min": 1}]},
        ]
    )
    assert ids(Candidates(rules), "hello") == ["0", "1", "3", "4"]


def test_the_order_holds_among_many_rules() -> None:
    whens = [keywords("api" if place in (1, 64, 99) else f"word{place}") for place in range(100)]
    assert ids(Candidates(compile_together(whens)), "the api") == ["1", "64", "99"]


def test_rules_of_two_lexicons_stand_side_by_side() -> None:
    candidates = Candidates([rule("a", keywords("api")), rule("b", keywords("api", "build"))])
    assert ids(candidates, "an api") == ["a", "b"]
    assert ids(candidates, "a build") == ["b"]


def test_without_rules_there_are_none() -> None:
    candidates = Candidates([])
    assert len(candidates) == 0
    assert ids(candidates, "hello") == []
