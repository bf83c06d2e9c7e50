"""What follows from conditions as they are written, and what can not be told."""

from typing import Any

import pytest

from butler.engine.routing.logic import (
    about,
    always_binds,
    atoms,
    excludes,
    implies,
    may_bind,
    overlap,
)
from tests.engine.routing.calls import CHEAP, keywords

TOOLS, NO_TOOLS = {"kind": "has_tools"}, {"kind": "has_tools", "value": False}
CODING = {"kind": "task", "tasks": ["coding"]}
CODING_OR_MATH = {"kind": "task", "tasks": ["math", "coding"]}
SURE = {**CODING, "min_confidence": 0.8}
NIGHT = {"kind": "time", "from": "22:00", "to": "06:00"}


def size(low: int | None = None, high: int | None = None) -> dict[str, Any]:
    bounds = {"min": low, "max": high}
    return {"kind": "tokens", **{name: n for name, n in bounds.items() if n is not None}}


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (CODING, CODING, True),
        (CODING, CODING_OR_MATH, True),
        (CODING_OR_MATH, CODING, False),
        (SURE, CODING, True),
        (CODING, SURE, False),
        (size(10, 20), size(5), True),
        (size(5), size(10), False),
        (keywords("api"), keywords("API", "build"), True),
        (keywords("api", "x"), keywords("api"), False),
        (keywords("refactoring"), keywords("factor", match="substring"), True),
        (keywords("api", match="substring"), keywords("api"), False),
        (
            {"kind": "regex", "pattern": "a", "ignore_case": False},
            {"kind": "regex", "pattern": "a"},
            True,
        ),
        (
            {"kind": "regex", "pattern": "a"},
            {"kind": "regex", "pattern": "a", "ignore_case": False},
            False,
        ),
        ({"kind": "client", "clients": ["codex"]}, {"kind": "client", "clients": ["*"]}, True),
        ({"kind": "contains_secrets", "kinds": ["card"]}, {"kind": "contains_secrets"}, True),
        ({"kind": "contains_secrets"}, {"kind": "contains_secrets", "kinds": ["card"]}, False),
        ({**NIGHT, "from": "23:00", "to": "01:00"}, NIGHT, True),
        (NIGHT, {**NIGHT, "days": ["mon"]}, False),
        (TOOLS, NO_TOOLS, False),
        (CODING, {"kind": "private"}, True),
        ({"all": [CODING, TOOLS]}, CODING, True),
        (CODING, {"all": [CODING, TOOLS]}, False),
        (CODING, {"any": [TOOLS, CODING]}, True),
        ({"any": [CODING, TOOLS]}, CODING, False),
        ({"any": [CODING, SURE]}, CODING_OR_MATH, True),
        (TOOLS, {"none": [NO_TOOLS]}, True),
        (TOOLS, {"none": [CODING]}, False),
        ({"all": [SURE, size(10)]}, {"all": [size(1), {"any": [CODING, TOOLS]}]}, True),
        ({"none": [CODING]}, CODING, False),
        ({"kind": "latency", "max_ms": 1}, {"kind": "latency", "max_ms": 2}, False),
    ],
)
def test_implications(one: dict[str, Any], other: dict[str, Any], wanted: bool) -> None:
    assert implies(one, other) is wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (TOOLS, NO_TOOLS, True),
        (size(None, 9), size(10), True),
        (size(None, 10), size(10), False),
        (CODING, {"kind": "task", "tasks": ["math"]}, True),
        (CODING, CODING_OR_MATH, False),
        (keywords("a"), keywords("b"), False),
        (
            {"kind": "modality", "modalities": ["image"]},
            {"kind": "modality", "modalities": ["audio"]},
            False,
        ),
        ({"kind": "client", "clients": ["codex"]}, {"kind": "client", "clients": ["pi*"]}, False),
        ({"kind": "client", "clients": ["codex"]}, {"kind": "client", "clients": ["pi"]}, True),
        (NIGHT, {"kind": "time", "from": "06:00", "to": "22:00"}, True),
        (CODING, {"none": [CODING_OR_MATH]}, True),
        ({"none": [CODING_OR_MATH]}, CODING, True),
        ({"all": [CODING, TOOLS]}, NO_TOOLS, True),
        ({"any": [CODING, TOOLS]}, NO_TOOLS, False),
    ],
)
def test_exclusions(one: dict[str, Any], other: dict[str, Any], wanted: bool) -> None:
    assert excludes(one, other) is wanted


def test_what_must_hold_is_opened() -> None:
    spec = {"all": [CODING, {"all": [TOOLS]}, {"any": [NIGHT]}]}
    assert list(atoms(spec)) == [CODING, TOOLS, {"any": [NIGHT]}]
    assert list(atoms(CODING)) == [CODING]


def test_overlaps_are_only_told_where_they_are_sure() -> None:
    assert overlap(CODING, CODING_OR_MATH)
    assert overlap(keywords("a", "b"), keywords("B"))
    assert overlap(size(1), size(None, 5))
    assert overlap(TOOLS, TOOLS)
    assert overlap({"kind": "private"}, {"kind": "private"})
    assert not overlap(keywords("a"), keywords("b"))
    assert not overlap(CODING, TOOLS)
    assert not overlap({"any": [CODING]}, {"any": [CODING]})


def test_conditions_on_a_rule_s_own_target_are_told_which_it_is() -> None:
    other = {"kind": "latency", "max_ms": 9, "target": "a/b"}
    found = about({"any": [{"none": [{"kind": "health"}]}, other, CODING]}, CHEAP)
    named = {"kind": "health", "target": "shop/cheap"}
    assert found == {"any": [{"none": [named]}, other, CODING]}


def test_what_may_bind_a_call_and_what_always_does() -> None:
    secrets, private = {"kind": "contains_secrets"}, {"kind": "private"}
    for spec in ({"all": [CODING, secrets]}, {"any": [private, {"all": [secrets, TOOLS]}]}):
        assert may_bind(spec)
        assert always_binds(spec)
    assert may_bind({"any": [private, CODING]})
    assert not always_binds({"any": [private, CODING]})
    assert not may_bind({"none": [secrets]})
