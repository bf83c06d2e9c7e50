"""A size condition compares the estimate of the whole request with its bounds."""

from typing import Any

import pytest

from tests.engine.routing.calls import condition, match, refusal, saying


def tokens(**bounds: Any) -> dict[str, Any]:
    return {"kind": "tokens", **bounds}


@pytest.mark.parametrize(
    ("low", "high", "holds"),
    [
        (0, None, True),
        (1, None, False),
        (-1, None, True),
        (None, 0, True),
        (None, -1, False),
        (None, 1, True),
        (0, 0, True),
        (-5, 5, True),
        (1, 5, False),
        (-5, -1, False),
    ],
)
def test_both_bounds_are_included(low: int | None, high: int | None, holds: bool) -> None:
    """The bounds are given as distances from the estimate."""
    asked = saying("some words " * 50)
    size = asked.known.input_tokens
    bounds = {"min": low, "max": high}
    spec = tokens(**{name: size + by for name, by in bounds.items() if by is not None})
    assert (condition(spec).match(asked) is not None) is holds


def test_the_match_tells_the_size() -> None:
    found = match(tokens(min=1000), "word " * 8_000)
    assert found is not None
    assert found.reason.startswith("about 10,00")
    assert found.words == ()


def test_tools_are_part_of_the_size() -> None:
    tools = [{"type": "function", "function": {"name": "f", "description": "words " * 1_000}}]
    spec = tokens(min=1_000)
    assert condition(spec).match(saying("hi")) is None
    assert condition(spec).match(saying("hi", tools=tools)) is not None


def test_an_empty_bound_is_no_bound() -> None:
    assert match(tokens(min=None, max=10_000), "hi") is not None
    assert match(tokens(min=10_000, max=None), "hi") is None


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({}, "min"),
        ({"min": None}, "min"),
        ({"min": None, "max": None}, "min"),
        ({"min": -1}, "min"),
        ({"min": 1.5}, "min"),
        ({"min": "10"}, "min"),
        ({"min": True}, "min"),
        ({"max": -1}, "max"),
        ({"max": [5]}, "max"),
        ({"max": False}, "max"),
        ({"min": 10, "max": 9}, "max"),
        ({"min": 10, "most": 20}, "most"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(fields: dict[str, Any], place: str) -> None:
    problem = refusal({"all": [{"kind": "tokens", **fields}]})
    assert problem.field == f"when.all[0].{place}"
    assert problem.hint
