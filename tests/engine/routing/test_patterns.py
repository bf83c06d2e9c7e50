"""Ruling patterns out by their words changes no answer."""

from typing import Any

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.routing.patterns import Patterns
from tests.engine.routing.calls import saying

PIECES = [
    "fix", "Fix", "a", "é", "É", "重构", "ß", "K", "\u212a", "İ", "ſ", r"\d+", r"\b", ".*",
    "(?:the|die)", "[aeiou]", "x?", "a{2}", "^", "$", r"\s+", "👍", "[^a]", "(?i:build)", "|",
]  # fmt: skip
WORDS = ["fix", "FIX", "a", "aa", "é", "É", "重构", "ss", "ß", "k", "K", "İ", "i", "s", "7", "👍",
         "the", "die", "build", "BUILD", " ", "\n", "x"]  # fmt: skip


def compiled(source: str, *, ignore_case: bool = True) -> Any:
    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.log_errors = False
    return re2.compile(source, options)


def registered(*sources: str) -> tuple[Patterns, list[Any]]:
    patterns, each = Patterns(), [compiled(source) for source in sources]
    for pattern in each:
        patterns.add(pattern)
    return patterns, each


def is_readable(source: str) -> bool:
    try:
        compiled(source)
    except re2.error:
        return False
    return True


@given(
    st.lists(
        st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join).filter(is_readable),
        min_size=1,
        max_size=12,
    ),
    st.booleans(),
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
)
def test_each_pattern_finds_what_it_finds_alone(
    sources: list[str], ignore_case: bool, text: str
) -> None:
    patterns = Patterns()
    each = [compiled(source, ignore_case=ignore_case) for source in sources]
    for pattern in each:
        patterns.add(pattern)
    known = saying(text).known
    for pattern in each:
        alone = pattern.search(known.ask)
        assert patterns.find(pattern, known) == (alone.group() if alone else None)


def test_only_patterns_whose_words_are_there_are_possible() -> None:
    patterns, (fix, number, ticket, either) = registered(
        r"fix\s+it", r"\d{3}", r"ticket-\d+", "zebra|parser"
    )
    known = saying("FIX the parser, soon").known
    assert patterns.found_in(known) == {fix, number, either}
    assert ticket not in patterns.found_in(known)
    # Possible is not found.
    assert patterns.find(fix, known) is None
    assert patterns.find(either, known) == "parser"


def test_more_patterns_than_one_filter_takes_are_all_found() -> None:
    sources = [f"needle{number}(?:{'x' * 500}|y)" for number in range(100)]
    patterns, each = registered(*sources)
    for number in (0, 1, 49, 50, 99):
        known = saying(f"a Needle{number}y here").known
        assert patterns.find(each[number], known) == f"Needle{number}y"
        assert patterns.find(each[(number + 1) % 100], known) is None


def test_what_no_filter_can_hold_is_searched_one_by_one() -> None:
    # Sixteen spellings of a long text each: more than RE2 keeps within its memory.
    long = "(?:a|b|c|d)(?:e|f|g|h)"
    sources = [f"{long}{number:04}{'中' * 950}" for number in range(20)]
    patterns, each = registered(*sources, "needle")
    known = saying("here is a needle").known
    assert patterns.find(each[-1], known) == "needle"
    hit = saying(f"AE0007{'中' * 950}").known
    assert patterns.find(each[7], hit) == hit.ask
    assert patterns.find(each[8], hit) is None


def test_patterns_may_be_added_after_a_search() -> None:
    patterns, (one,) = registered("one")
    assert patterns.find(one, saying("one two").known) == "one"
    two = compiled("two")
    patterns.add(two)
    assert patterns.find(two, saying("one two").known) == "two"


def test_without_patterns_nothing_is_possible() -> None:
    assert Patterns().found_in(saying("some text").known) == set()


def test_a_call_is_looked_at_once() -> None:
    patterns, _ = registered("text")
    asked = saying("some text")
    first = patterns.found_in(asked.known)
    assert patterns.found_in(asked.known) is first


@pytest.mark.parametrize("source", [r"\C", r"(?:\C)+$"])
def test_half_a_character_is_no_error(source: str) -> None:
    patterns, (half,) = registered(source)
    assert patterns.find(half, saying("中").known) is not None


def test_a_text_that_is_no_unicode_is_searched_all_the_same() -> None:
    patterns, (needle,) = registered("needle")
    assert patterns.find(needle, saying("\ud83d needle").known) == "needle"
