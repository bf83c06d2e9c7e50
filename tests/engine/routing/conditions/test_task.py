"""A task condition holds for its tasks, from a confidence up."""

from typing import Any

import pytest

from butler.contract.tasks import Task
from tests.engine.routing.calls import condition, match, refusal, saying

CODE = "Fix this Python function, it raises a TypeError:\n```python\ndef f(x): return x + '1'\n```"


def task(*tasks: str, **more: Any) -> dict[str, Any]:
    return {"kind": "task", "tasks": list(tasks), **more}


def test_it_holds_for_the_task_that_the_classifier_names() -> None:
    asked = saying(CODE)
    guess = asked.known.task
    found = condition(task("math", "coding")).match(asked)
    assert found is not None
    assert found.reason == f"task is coding ({guess.confidence:.2f})"
    assert found.words == guess.cues
    assert found.score == guess.confidence


def test_it_does_not_hold_for_other_tasks() -> None:
    assert match(task(*(set(Task) - {Task.CODING})), CODE) is None


@pytest.mark.parametrize(("offset", "holds"), [(-0.01, True), (0.0, True), (0.001, False)])
def test_it_wants_to_be_that_sure(offset: float, holds: bool) -> None:
    asked = saying("Could you have a look at the numbers?")
    guess = asked.known.task
    spec = task(guess.task, min_confidence=guess.confidence + offset)
    assert (condition(spec).match(asked) is not None) is holds


@pytest.mark.parametrize("confidence", [0, 0.0, 0.5, 1, 1.0])
def test_a_confidence_is_from_0_to_1(confidence: float) -> None:
    assert condition(task("chat", min_confidence=confidence))


@pytest.mark.parametrize("name", list(Task))
def test_every_task_has_a_condition(name: str) -> None:
    assert condition(task(name))


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({}, "tasks"),
        ({"tasks": []}, "tasks"),
        ({"tasks": None}, "tasks"),
        ({"tasks": "coding"}, "tasks"),
        ({"tasks": ["coding", "cooking"]}, "tasks"),
        ({"tasks": ["Coding"]}, "tasks"),
        ({"tasks": [["coding"]]}, "tasks"),
        ({"tasks": [None]}, "tasks"),
        ({"tasks": ["chat"], "min_confidence": "0.5"}, "min_confidence"),
        ({"tasks": ["chat"], "min_confidence": None}, "min_confidence"),
        ({"tasks": ["chat"], "min_confidence": True}, "min_confidence"),
        ({"tasks": ["chat"], "min_confidence": -0.1}, "min_confidence"),
        ({"tasks": ["chat"], "min_confidence": 1.01}, "min_confidence"),
        ({"tasks": ["chat"], "min_confidence": float("nan")}, "min_confidence"),
        ({"tasks": ["chat"], "confidence": 0.5}, "confidence"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(fields: dict[str, Any], place: str) -> None:
    problem = refusal({"all": [{"kind": "task", **fields}]})
    assert problem.field == f"when.all[0].{place}"
    assert problem.hint


def test_a_wrong_task_is_answered_with_the_right_ones() -> None:
    problem = refusal(task("cooking"))
    assert "'cooking'" in problem.detail
    assert all(name in (problem.hint or "") for name in Task)
