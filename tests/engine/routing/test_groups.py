"""Groups nest, ask the cheap members first, and say where a `when` does not fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.builtin import CONDITION_KINDS
from butler.engine.call import Call
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match
from butler.engine.routing.groups import GroupReader
from tests.engine.routing.calls import STRONG, keywords, match, reader, refusal, saying

YES, NO = {"kind": "tokens", "min": 0}, {"kind": "tokens", "min": 1_000_000}


def nested(depth: int, name: str = "all") -> dict[str, Any]:
    """So many groups around one condition that holds."""
    spec: dict[str, Any] = YES
    for _ in range(depth):
        spec = {name: [spec]}
    return spec


@pytest.mark.parametrize(
    ("spec", "holds"),
    [
        (YES, True),
        (NO, False),
        ({"all": [YES]}, True),
        ({"all": [YES, YES]}, True),
        ({"all": [YES, NO]}, False),
        ({"any": [NO, NO]}, False),
        ({"any": [NO, YES]}, True),
        ({"none": [NO, NO]}, True),
        ({"none": [NO, YES]}, False),
        ({"all": [{"any": [NO, YES]}, {"none": [NO]}]}, True),
        ({"all": [{"any": [NO, YES]}, {"none": [YES]}]}, False),
        ({"none": [{"all": [YES, NO]}]}, True),
        ({"none": [{"none": [NO]}]}, False),
        ({"any": [{"all": [YES, NO]}, {"none": [{"any": [NO]}]}]}, True),
    ],
)
def test_groups_hold_as_they_say(spec: dict[str, Any], holds: bool) -> None:
    assert (match(spec, "hello") is not None) is holds


def test_all_tells_every_reason_and_word() -> None:
    text = "Write a Python function that parses a date, please."
    task = {"kind": "task", "tasks": ["coding"]}
    found = match({"all": [task, keywords("date"), keywords("python")]}, text)
    alone = match(task, text)
    assert found is not None
    assert alone is not None
    assert found.words == ("date", "python", *alone.words)
    assert found.reason == f"says “date”; says “python”; {alone.reason}"
    assert found.score == alone.score


def test_any_tells_the_first_that_holds() -> None:
    found = match({"any": [keywords("zebra"), keywords("date"), keywords("parse")]}, "parse a date")
    assert found is not None
    assert (found.reason, found.words) == ("says “date”", ("date",))


def test_none_tells_no_words() -> None:
    found = match({"none": [keywords("zebra")]}, "parse a date")
    assert found is not None
    assert (found.reason, found.words, found.score) == ("none of the exclusions", (), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition that notes when it is asked."""

    name: str
    holds: bool
    notes: list[str]
    score: float | None = None

    def match(self, call: Call) -> Match | None:
        """Note the name."""
        self.notes.append(self.name)
        return Match(self.name, (), self.score) if self.holds else None

    def clues(self) -> None:
        """Any words will do."""


def kind(name: str, cost: int, notes: list[str]) -> ConditionKind:
    def read(spec: Mapping[str, Any], _: Compiling) -> Asked:
        return Asked(spec.get("name", name), spec["holds"], notes, spec.get("score"))

    return ConditionKind(name, name, (), cost, read)


def ask(spec: dict[str, Any]) -> tuple[Match | None, list[str]]:
    """The answer, and the names of the conditions that are asked, in their turn."""
    notes: list[str] = []
    costs = {"dear": 30, "fair": 20, "cheap": 10}
    kinds = {name: kind(name, cost, notes) for name, cost in costs.items()}
    return GroupReader(kinds, Compiling()).read(spec).match(saying("hello")), notes


def asked_for(spec: dict[str, Any]) -> list[str]:
    return ask(spec)[1]


def probe(kind: str, holds: bool, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "holds": holds, **more}


def test_all_is_as_sure_as_its_least_sure_member() -> None:
    members = [probe("cheap", True, score=score) for score in (0.9, None, 0.4, 0.6)]
    match, _ = ask({"all": members})
    assert match is not None
    assert match.score == 0.4


def test_cheap_members_are_asked_first() -> None:
    members = [probe("dear", True), probe("cheap", True), probe("fair", True)]
    assert asked_for({"all": members}) == ["cheap", "fair", "dear"]


def test_equal_costs_keep_the_owner_s_order() -> None:
    members = [probe("cheap", True, name=name) for name in ("one", "two", "three")]
    assert asked_for({"all": members}) == ["one", "two", "three"]


def test_a_group_costs_what_its_dearest_member_costs() -> None:
    inside = {"any": [{"all": [probe("cheap", True)]}, probe("dear", True)]}
    assert asked_for({"all": [inside, probe("fair", False)]}) == ["fair"]
    cheap = {"none": [{"any": [probe("cheap", True)]}]}
    assert asked_for({"all": [probe("fair", True), cheap]}) == ["cheap"]


@pytest.mark.parametrize(
    ("name", "holds", "asked"),
    [
        ("all", False, ["cheap"]),
        ("all", True, ["cheap", "fair", "dear"]),
        ("any", True, ["cheap"]),
        ("any", False, ["cheap", "fair", "dear"]),
        ("none", True, ["cheap"]),
        ("none", False, ["cheap", "fair", "dear"]),
    ],
)
def test_nobody_is_asked_after_the_answer_is_clear(
    name: str, holds: bool, asked: list[str]
) -> None:
    members = [probe(kind, holds) for kind in ("dear", "fair", "cheap")]
    assert asked_for({name: members}) == asked


@pytest.mark.parametrize("name", ["all", "any", "none"])
def test_groups_nest_eight_deep(name: str) -> None:
    # An even number of denials is none.
    assert match(nested(8, name), "hello") is not None


@pytest.mark.parametrize("depth", [9, 10, 400, 5_000])
def test_deeper_groups_are_refused_where_they_begin(depth: int) -> None:
    problem = refusal(nested(depth))
    assert problem.field == "when" + ".all[0]" * 9
    assert "too deep" in problem.detail
    assert problem.hint == "At most 8 levels."


@pytest.mark.parametrize(
    ("spec", "place"),
    [
        (None, "when"),
        ("all", "when"),
        ([YES], "when"),
        ({}, "when"),
        ({"and": [YES]}, "when"),
        ({"all": [YES], "any": [YES]}, "when"),
        ({"all": [YES], "kind": "tokens"}, "when"),
        ({"all": [YES], "note": "x"}, "when"),
        ({"all": []}, "when.all"),
        ({"any": None}, "when.any"),
        ({"none": YES}, "when.none"),
        ({"all": [YES, 5]}, "when.all[1]"),
        ({"all": [YES, {"any": [YES, {}]}]}, "when.all[1].any[1]"),
        ({"all": [{"none": [NO, {"any": []}]}]}, "when.all[0].none[1].any"),
        ({"any": [{"all": [YES, keywords()]}]}, "when.any[0].all[1].words"),
        ({"any": [YES] * 101}, "when.any"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(spec: object, place: str) -> None:
    problem = refusal(spec)
    assert problem.code is ProblemCode.INVALID
    assert problem.field == place
    assert problem.hint


def test_a_hundred_members_fit() -> None:
    assert match({"any": [NO] * 99 + [YES]}, "hello") is not None


@pytest.mark.parametrize("name", ["mood", "", None, [], 5])
def test_an_unknown_kind_is_answered_with_the_known_ones(name: object) -> None:
    problem = refusal({"all": [YES, {"kind": name}]})
    assert problem.code is ProblemCode.UNKNOWN_KIND
    assert problem.field == "when.all[1].kind"
    assert problem.hint == f"The kinds are {', '.join(sorted(CONDITION_KINDS))}."


PRIVATE = {"kind": "private"}


@pytest.mark.parametrize(
    ("spec", "private"),
    [
        (PRIVATE, True),
        (YES, False),
        ({"all": [YES, PRIVATE]}, True),
        ({"any": [YES, {"all": [YES, PRIVATE]}]}, True),
        ({"all": [YES, {"none": [PRIVATE]}]}, False),
        ("nothing", False),
    ],
)
def test_a_rule_is_private_where_such_a_condition_may_make_it_hold(
    spec: object, private: bool
) -> None:
    assert reader().is_private(spec) is private


@pytest.mark.parametrize(
    ("spec", "private"),
    [
        ({"all": [YES, PRIVATE]}, True),
        ({"any": [YES, PRIVATE]}, True),
        ({"any": [{"all": [PRIVATE, NO]}, YES]}, False),
        ({"all": [YES, {"any": [YES, {"all": [PRIVATE]}]}]}, True),
        ({"all": [YES]}, False),
    ],
)
def test_a_match_tells_whether_a_private_condition_held(
    spec: dict[str, Any], private: bool
) -> None:
    found = match(spec, "hello")
    assert found is not None
    assert found.private is private


def test_a_reader_about_a_target_tells_conditions_of_it() -> None:
    about = reader().about(STRONG).read({"kind": "health"})
    found = about.match(saying("hello"))
    assert found is not None
    assert str(STRONG) in found.reason
