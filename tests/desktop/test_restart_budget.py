"""A dying engine gets a few more chances, not endless ones."""

from butler.desktop.restart_budget import RestartBudget


class _Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_four_within_a_minute_each_after_a_longer_pause() -> None:
    budget = RestartBudget(clock=_Clock())
    assert [budget.take() for _ in range(5)] == [0.5, 1.0, 2.0, 4.0, None]


def test_a_calm_minute_gives_them_back() -> None:
    clock = _Clock()
    budget = RestartBudget(clock=clock)
    for _ in range(4):
        budget.take()
    clock.now += 59
    assert budget.take() is None
    clock.now += 1
    assert budget.take() == 0.5


def test_a_person_can_renew_it() -> None:
    budget = RestartBudget(limit=1, clock=_Clock())
    budget.take()
    budget.renew()
    assert budget.take() == 0.5
