"""Patterns find what they say, refuse what the engine can not do, and never take long."""

import time
from typing import Any

import pytest

from tests.engine.routing.calls import condition, match, refusal, saying


def regex(pattern: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "regex", "pattern": pattern, **more}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?:fix|repair) the build", "Please FIX the build now"),
        (r"\bticket-\d+\b", "see Ticket-42."),
        (r"重构|优化", "请优化这段代码"),
        (r"^\s*翻译", "翻译这句话"),
        (r"é+", "CAFÉÉ"),
        (r"👍", "good 👍"),
        (r"x*", "abc"),
        (r"(a+)+b", "a" * 100 + "b"),
    ],
)
def test_a_pattern_is_found_and_the_prompt_stays_out_of_the_trace(pattern: str, text: str) -> None:
    found = match(regex(pattern), text)
    assert found is not None
    assert found.words == ()
    assert found.reason == f"matches /{pattern}/"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("ticket-\\d+", "ticket-x"), ("^fix", "please fix"), ("重构", "重新构建"), ("a", "")],
)
def test_a_pattern_that_is_not_there_does_not_hold(pattern: str, text: str) -> None:
    assert match(regex(pattern), text) is None


def test_case_matters_only_when_told() -> None:
    assert match(regex("SQL"), "some sql") is not None
    assert match(regex("SQL", ignore_case=True), "some sql") is not None
    assert match(regex("SQL", ignore_case=False), "some sql") is None
    assert match(regex("SQL", ignore_case=False), "some SQL") is not None


def test_a_long_pattern_is_shown_in_part() -> None:
    found = match(regex("needle|" + "y" * 500), "a needle")
    assert found is not None
    assert len(found.reason) < 100


@pytest.mark.parametrize("place", ["head", "tail"])
def test_a_long_text_is_searched_at_both_ends(place: str) -> None:
    padding = "lorem ipsum " * 10_000
    text = f"needle {padding}" if place == "head" else f"{padding} needle"
    assert match(regex("needle"), text) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a+)+$", "a" * 50_000 + "!"),
        (r"(x+x+)+y", "y" + "x" * 50_000),
        (r"(a|aa)+c", "c" + "a" * 50_000),
        (r"(.*)(.*)(.*)(.*)(.*)[b-d]$", "a中" * 25_000 + "z"),
        (r"(?:a?){300}a{300}b", "a" * 50_000),
        (r".{5,300}.{5,300}z1", "z1\n" + "yyyyyyyyyé" * 5_000),
    ],
)
def test_no_pattern_takes_long(pattern: str, text: str) -> None:
    compiled, asked = condition(regex(pattern)), saying(text)
    began = time.thread_time()
    assert compiled.match(asked) is None
    # A backtracking engine needs years for most of these.
    assert time.thread_time() - began < 0.5


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(?=ahead)", "(?="),
        ("(?!ahead)x", "(?!"),
        ("(?<=behind)x", "(?<"),
        ("(?<!behind)x", "(?<"),
        (r"(a)\1", r"\1"),
        ("(unclosed", "missing )"),
        ("[z-a]", "z-a"),
        ("*", "*"),
        ("a{1001}", "1001"),
        (r"\Z", r"\Z"),
        ("(未闭合", "missing )"),
    ],
)
def test_what_the_engine_can_not_do_is_refused_with_the_reason(pattern: str, why: str) -> None:
    problem = refusal({"none": [regex(pattern)]})
    assert problem.field == "when.none[0].pattern"
    assert "can not be read" in problem.detail
    assert why in problem.detail
    assert "look-around" in (problem.hint or "")


@pytest.mark.parametrize("pattern", [".{0,900}.{0,900}z", r"\p{L}{1,20}", r"(?:.{1,180}x){5}"])
def test_a_pattern_that_unfolds_to_a_giant_is_refused(pattern: str) -> None:
    problem = refusal(regex(pattern))
    assert problem.field == "when.pattern"
    assert "too large" in problem.detail


@pytest.mark.parametrize(
    "pattern",
    [r".{0,300}x", r"\p{L}+", r"https?://\S{1,500}", r"[一-龥]{1,50}", r"[\p{Han}]{2,4}"],
)
def test_usual_repetitions_are_no_giants(pattern: str) -> None:
    assert condition(regex(pattern))


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({}, "pattern"),
        ({"pattern": None}, "pattern"),
        ({"pattern": ""}, "pattern"),
        ({"pattern": 5}, "pattern"),
        ({"pattern": ["a"]}, "pattern"),
        ({"pattern": "a" * 1001}, "pattern"),
        ({"pattern": "a", "ignore_case": None}, "ignore_case"),
        ({"pattern": "a", "ignore_case": "yes"}, "ignore_case"),
        ({"pattern": "a", "ignore_case": 1}, "ignore_case"),
        ({"pattern": "a", "flags": "i"}, "flags"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(fields: dict[str, Any], place: str) -> None:
    problem = refusal({"all": [{"kind": "regex", **fields}]})
    assert problem.field == f"when.all[0].{place}"
    assert problem.hint
