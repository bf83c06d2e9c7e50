"""Word problems are told from other questions that ask for a number."""

import pytest

from butler.contract.tasks import Task
from butler.engine.signals.task.evidence import Evidence
from butler.engine.signals.task.word_problem import read_word_problem


def score(text: str) -> float:
    evidence = Evidence()
    read_word_problem(text.lower(), text.lower(), evidence)
    return evidence.score(Task.MATH)


@pytest.mark.parametrize(
    "text",
    [
        "Ann has 3 apples and buys 4 more. How many apples does she have?",
        "A farmer has twelve cows and sells half of them. What is the total number left?",
        "If 3 pens cost $6 and each box holds 12 pens, when will a buyer have paid $48 in total?",
        "小明有12个苹果，给了小红5个，还剩多少个？",
        "三个工人每天修两米，6天修几米？",
        "Paul a 5 pommes et en donne 2. Combien en reste-t-il ?",
    ],
)
def test_a_story_with_figures_that_asks_for_one(text: str) -> None:
    assert score(text) >= 2.5


@pytest.mark.parametrize(
    "text",
    [
        "How many bones are there?",
        "中国有多少个民族",
        "In the table, rows 2 and 5 are empty. How many missing values are in the column?",
        "I was born in 1990 and moved in 2005 and 2010.",
        "Ann has 3 apples and 4 pears.",
    ],
)
def test_facts_tables_and_statements_are_none(text: str) -> None:
    assert score(text) == 0


def test_more_figures_are_surer_up_to_a_bound() -> None:
    few = score("2 and 3, how many?")
    many = score("2, 3, 4, 5 and 6, how many?")
    assert few < many <= score("1 2 3 4 5 6 7 8 9 how many?") == 5
