"""The vote: the nearest examples on average win, and a clear win is a sure one."""

import pytest

from butler.engine.call import Target
from butler.engine.routing.categories import Category
from butler.engine.routing.vote import NEAREST, confidence_of, vote

TARGET = (Target("a", "b"),)
LAW = Category("cat_1", "law", "", ("l1", "l2", "l3", "l4", "l5", "l6"), TARGET)
TALES = Category("cat_2", "tales", "", ("t1", "t2"), ())


def test_without_a_cosine_nobody_wins() -> None:
    assert vote((LAW, TALES), {}) is None
    assert vote((), {"l1": 0.9}) is None


def test_one_near_example_is_not_enough() -> None:
    near = {"l1": 0.9, "l2": 0.1, "l3": 0.1, "l4": 0.1, "l5": 0.1, "t1": 0.5, "t2": 0.5}
    winner = vote((LAW, TALES), near)
    assert winner is not None
    assert winner.category is TALES


def test_only_the_nearest_have_a_voice() -> None:
    assert len(LAW.utterances) > NEAREST
    near = {"l1": 0.6, "l2": 0.6, "l3": 0.6, "l4": 0.6, "l5": -1.0, "l6": -1.0, "t1": 0.5}
    winner = vote((LAW, TALES), near)
    assert winner is not None
    assert winner.category is LAW


def test_the_wider_the_margin_the_surer() -> None:
    sure = [vote((LAW, TALES), {"l1": 0.5 + margin, "t1": 0.5}) for margin in (0.01, 0.1, 0.3)]
    confidences = [winner.confidence for winner in sure if winner is not None]
    assert confidences == sorted(confidences)
    assert confidences[0] < 0.75 < 0.95 < confidences[-1] < 1


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_confidence_is_a_probability_that_grows(share: float) -> None:
    assert 0 < confidence_of(share) < 1
    assert confidence_of(share) <= confidence_of(min(1.0, share + 0.05))


def test_a_category_alone_does_not_take_what_is_foreign_to_it() -> None:
    far, near = (vote((LAW,), dict.fromkeys(LAW.utterances, cosine)) for cosine in (0.15, 0.4))
    assert far is not None
    assert near is not None
    assert far.confidence < 0.6 < 0.9 < near.confidence
