"""Clues of a group: the rarest of those that all are needed, all of those of which one is."""

from collections.abc import Set

from butler.engine.call import FeaturesView
from butler.engine.routing.clues import any_of, clues, one_of


class Nothing:
    """A finder that finds nothing."""

    def found_in(self, features: FeaturesView) -> Set[object]:
        """Find nothing."""
        return frozenset()


HERE, THERE = Nothing(), Nothing()
FEW, MANY = clues(HERE, ["a"]), clues(THERE, ["b", "c"])


def test_clues_are_things_and_who_finds_them() -> None:
    assert MANY.things == {"b", "c"}
    assert MANY.finders == {THERE}


def test_where_all_are_needed_the_fewest_clues_do() -> None:
    assert one_of([MANY, None, FEW]) is FEW
    assert one_of([None, MANY]) is MANY


def test_what_many_rules_ask_for_is_a_poor_clue() -> None:
    common = clues(HERE, ["a"], asked=200)
    assert one_of([common, MANY]) is MANY
    both = any_of([common, MANY])
    assert both is not None
    assert one_of([both, common]) is common


def test_where_all_are_needed_and_none_has_clues_there_are_none() -> None:
    assert one_of([None, None]) is None


def test_where_one_will_do_every_clue_counts() -> None:
    both = any_of([FEW, MANY])
    assert both is not None
    assert both.things == {"a", "b", "c"}
    assert both.finders == {HERE, THERE}


def test_where_one_will_do_and_one_has_no_clue_there_are_none() -> None:
    assert any_of([FEW, None, MANY]) is None
