"""Confidence is a chance, and grows with the lead of the best score over all others."""

import pytest

from butler.contract.tasks import Task
from butler.engine.signals.task.confidence import chance_at, confidence_of


def scores(best: float, second: float, others: float = -50.0) -> dict[Task, float]:
    return dict.fromkeys(Task, others) | {Task.MATH: best, Task.CODING: second}


def test_confidence_grows_with_the_lead_and_stays_a_chance() -> None:
    chances = [confidence_of(scores(3.0 + lead, 3.0)) for lead in (0, 0.5, 1, 2, 4, 8, 1000)]
    assert chances == sorted(chances)
    assert len(set(chances[:6])) == 6
    assert 0 < chances[0] < 0.5 < chances[-1] < 1


def test_two_rivals_leave_less_than_one() -> None:
    assert confidence_of(scores(3.0, 2.0, 2.0)) < confidence_of(scores(3.0, 2.0, 0.0))


def test_only_differences_count() -> None:
    assert confidence_of(scores(5.0, 3.5, 1.0)) == pytest.approx(confidence_of(scores(2, 0.5, -2)))


def test_eight_equals_share_the_chance() -> None:
    assert chance_at(dict.fromkeys(Task, 1.0), 1.0) == pytest.approx(0.97 / 8)
