"""Findings add up with fading, count once, and keep their names for people."""

import pytest

from butler.contract.tasks import Task
from butler.engine.signals.task.evidence import Evidence


def test_one_finding_counts_once_at_its_strongest() -> None:
    evidence = Evidence()
    for weight in (1.0, 3.0, 2.0):
        evidence.add(Task.CODING, weight, "python")
    assert evidence.score(Task.CODING) == 3.0


def test_each_further_finding_counts_less() -> None:
    evidence = Evidence()
    gains = []
    for number in range(5):
        before = evidence.score(Task.MATH)
        evidence.add(Task.MATH, 2.0, f"cue {number}")
        gains.append(evidence.score(Task.MATH) - before)
    assert gains[0] == 2.0
    assert gains == sorted(gains, reverse=True)
    assert gains[-1] < 1.0


def test_findings_against_a_task_count_whole() -> None:
    evidence = Evidence()
    evidence.add(Task.CHAT, 2.0, "hi")
    evidence.add(Task.CHAT, -4.0, "long material")
    assert evidence.score(Task.CHAT) == pytest.approx(-2.0)
    assert evidence.score(Task.GENERAL) == 0.0


def test_the_strongest_are_named_first_and_those_against_not_at_all() -> None:
    evidence = Evidence()
    evidence.add(Task.CHAT, 1.0, "weak")
    evidence.add(Task.CHAT, 4.0, "strong")
    evidence.add(Task.CHAT, -1.0, "against")
    evidence.add(Task.CHAT, 0.0, "silent")
    assert evidence.strongest(Task.CHAT, 8) == ("strong", "weak")
    assert evidence.strongest(Task.CHAT, 1) == ("strong",)
