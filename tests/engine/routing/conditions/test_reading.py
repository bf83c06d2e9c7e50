"""Fields are read strictly: what does not fit is refused by its name."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from butler.engine.call import Target
from butler.engine.errors import ConfigError
from butler.engine.routing.conditions import reading


def refused(read: Callable[[], object]) -> str | None:
    with pytest.raises(ConfigError) as error:
        read()
    (problem,) = error.value.problems
    assert problem.hint
    return problem.field


def test_texts_are_stripped_and_told_apart() -> None:
    assert reading.texts({"x": [" a ", "b", "a"]}, "x", "") == ("a", "b")


@pytest.mark.parametrize("value", [None, [], "a", [""], [" "], [1], {"a": 1}])
def test_texts_are_a_list_of_some_text(value: object) -> None:
    assert refused(lambda: reading.texts({"x": value}, "x", "")) == "x"


@pytest.mark.parametrize("value", [None, [], "a", ["z"], [["a"]], [1]])
def test_only_the_choices_can_be_chosen(value: object) -> None:
    assert refused(lambda: reading.chosen({"x": value}, "x", ("a", "b"))) == "x"
    assert reading.chosen({"x": ["b", "b"]}, "x", ("a", "b")) == ("b",)


@pytest.mark.parametrize("value", ["z", None, 1, ["a"]])
def test_one_choice_has_a_default(value: object) -> None:
    assert refused(lambda: reading.choice({"x": value}, "x", ("a",), "a")) == "x"
    assert reading.choice({}, "x", ("a", "b"), "b") == "b"


@pytest.mark.parametrize("value", [1, 0, "true", None])
def test_a_flag_is_true_or_false(value: object) -> None:
    assert refused(lambda: reading.flag({"x": value}, "x", default=True)) == "x"
    assert reading.flag({}, "x", default=True)


@pytest.mark.parametrize("value", [-1, 11, True, "1", float("nan"), float("inf"), []])
def test_a_number_lies_in_its_range(value: object) -> None:
    assert refused(lambda: reading.number({"x": value}, "x", 10)) == "x"


def test_numbers_and_dollars() -> None:
    assert reading.number({"x": 10}, "x", 10) == 10.0
    assert reading.number({}, "x", 10) is None
    assert reading.number({}, "x", 10, 0.5) == 0.5
    assert reading.dollars({"x": 0.1}, "x") == Decimal("0.1")


def test_a_condition_is_about_its_rule_s_target_unless_it_names_one() -> None:
    own = Target("a", "b")
    assert reading.target({}, own) == own
    assert reading.target({"target": "c/d/e"}, own) == Target("c", "d/e")
    assert refused(lambda: reading.target({"target": "c"}, own)) == "target"
    assert refused(lambda: reading.target({"target": 1}, own)) == "target"
