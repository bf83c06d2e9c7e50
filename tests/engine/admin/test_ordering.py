"""Priorities from an order: as few change as can, and the order is what was wished."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.admin.ordering import Place, priorities_for
from butler.engine.errors import ConfigError


def tried(priorities: dict[str, int]) -> list[str]:
    """The ids in the order in which rules of these priorities are tried."""
    return sorted(priorities, key=lambda id_: (-priorities[id_], id_))


@pytest.mark.parametrize(
    ("wished", "changed"),
    [
        ([("a", 900), ("b", 500), ("c", 100)], {}),
        ([("c", 100), ("a", 900), ("b", 500)], {"c": 951}),
        ([("a", 900), ("c", 100), ("b", 500)], {"c": 700}),
        ([("b", 500), ("c", 100), ("a", 900)], {"a": 50}),
        ([("a", 500), ("b", 500), ("c", 500)], {}),
        ([("c", 500), ("a", 500), ("b", 500)], {"c": 751}),
        ([("b", 1000), ("a", 1000)], {"a": 500}),
        ([("b", 501), ("x", 0), ("a", 500)], {"a": 250, "x": 375}),
        ([], {}),
    ],
)
def test_few_change(wished: list[Place], changed: dict[str, int]) -> None:
    found = priorities_for(wished)
    before = dict(wished)
    assert tried(found) == [id_ for id_, _ in wished]
    differing = {id_: found[id_] for id_ in found if found[id_] != before[id_]}
    assert len(differing) == len(changed)
    if len(changed) == 1:
        assert differing == changed


@given(st.lists(st.tuples(st.text("abcdef", min_size=1), st.integers(0, 1000)), max_size=30))
def test_any_order_comes_about(wished: list[Place]) -> None:
    places = list(dict(wished).items())
    found = priorities_for(places)
    assert tried(found) == [id_ for id_, _ in places]
    assert all(0 <= priority <= 1000 for priority in found.values())
    assert priorities_for([(id_, found[id_]) for id_, _ in places]) == found


def test_as_many_rules_as_priorities_and_no_more() -> None:
    full = [(f"rule{number:04}", 500) for number in range(1001, 0, -1)]
    assert sorted(priorities_for(full).values()) == list(range(1001))
    with pytest.raises(ConfigError, match="1002 rules"):
        priorities_for([*full, ("one more", 500)])
