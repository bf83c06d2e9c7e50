"""What counts: the spending first, then the order of the aims, then the use case."""

import pytest

from butler.contract.wizard import Aim, Spending, UseCase
from butler.engine.assistant.wizard.taste import TASKS, taste

AIMS = [Aim.QUALITY, Aim.COST, Aim.LATENCY]


@pytest.mark.parametrize("case", [None, *UseCase])
@pytest.mark.parametrize("spending", list(Spending))
def test_weights_add_up_to_one(spending: Spending, case: UseCase | None) -> None:
    assert sum(taste(spending, AIMS, case).weights.values()) == pytest.approx(1)


def test_spending_aims_and_cases_bend_them() -> None:
    saving, quality = taste(Spending.SAVING, AIMS), taste(Spending.QUALITY, AIMS)
    assert saving.weights[Aim.COST] > saving.weights[Aim.QUALITY]
    assert quality.weights[Aim.QUALITY] > quality.weights[Aim.COST]
    quick = taste(Spending.BALANCED, [Aim.LATENCY])
    assert quick.weights[Aim.LATENCY] > taste(Spending.BALANCED, AIMS).weights[Aim.LATENCY]
    assert quick.first is Aim.LATENCY
    code, chat = (taste(Spending.BALANCED, AIMS, each) for each in (UseCase.CODING, UseCase.CHAT))
    assert code.weights[Aim.QUALITY] > chat.weights[Aim.QUALITY]
    assert taste(Spending.BALANCED, AIMS, UseCase.MATH).thinking > code.thinking > chat.thinking


def test_missing_and_doubled_aims_are_put_right() -> None:
    assert taste(Spending.BALANCED, []) == taste(Spending.BALANCED, AIMS)
    assert taste(Spending.BALANCED, [Aim.COST, Aim.COST]) == taste(
        Spending.BALANCED, [Aim.COST, Aim.QUALITY, Aim.LATENCY]
    )


def test_every_use_case_has_its_tasks_and_none_is_shared() -> None:
    tasks = [task for each in TASKS.values() for task in each]
    assert set(TASKS) == set(UseCase)
    assert len(tasks) == len(set(tasks))
