"""Confidence is a chance, and grows with the lead of the best score."""

from butler.contract.tasks import Task
from butler.engine.signals.task.confidence import chance_at, confidence_of, lead_of


def scores(best: float, second: float) -> dict[Task, float]:
    return dict.fromkeys(Task, 0.0) | {Task.MATH: best, Task.CODING: second}


def test_the_lead_is_between_the_first_and_the_second() -> None:
    assert lead_of(scores(5.0, 3.5)) == 1.5


def test_confidence_grows_with_the_lead_and_stays_a_chance() -> None:
    chances = [confidence_of(scores(3.0 + lead, 3.0)) for lead in (0, 0.5, 1, 2, 4, 8, 100)]
    assert chances == sorted(chances)
    assert len(set(chances[:6])) == 6
    assert 0.5 < chances[0] < chances[-1] < 1


def test_the_curve_is_a_logistic_one() -> None:
    assert chance_at(0.0, 0.0, 1.0) == 0.5
    assert chance_at(2.0, -2.0, 1.0) == 0.5
