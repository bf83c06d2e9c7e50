"""The starter rules send hard tasks to the strong model and light ones to the cheap one."""

import pytest

from butler.engine.demo.rules import STARTER_RULES
from tests.e2e.house import House
from tests.fakes import Upstream

ASKS = {
    "Write a Python function that merges two sorted lists.": ("strong", "demo-hard"),
    "用 Python 写一个快速排序函数。": ("strong", "demo-hard"),
    "What is the derivative of x^2 * sin(x)?": ("strong", "demo-hard"),
    "Hi there! How is your day going?": ("cheap", "demo-light"),
    "Translate “good morning” into French.": ("cheap", "demo-light"),
    "把“早上好”翻译成英文。": ("cheap", "demo-light"),
}


async def test_who_answers_what(house: House, subtests: pytest.Subtests) -> None:
    for text, (model, _) in ASKS.items():
        got = await house.post({"messages": [{"role": "user", "content": text}]})
        with subtests.test(text):
            assert got.headers["x-butler-target"] == f"demo/{model}"
    ids = [row["rule_id"] for row in await house.rows(len(ASKS))]
    assert ids == [rule for _, rule in ASKS.values()]


async def test_they_leave_with_the_demo_and_come_back_with_it(house: House, up: Upstream) -> None:
    async def ids() -> list[str]:
        return [rule["id"] for rule in (await house.admin("GET", "rules")).json["items"]]

    starters = [rule.id for rule in STARTER_RULES]
    assert await ids() == starters
    added = await house.add(up)
    assert await ids() == []
    assert (await house.ask("demo/cheap")).status == 404
    await house.admin("DELETE", f"providers/{added['id']}")
    assert await ids() == starters
