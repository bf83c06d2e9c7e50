"""Which prompts ask for what may be otherwise soon."""

import pytest

from butler.engine.caches.guard import is_time_dependent


@pytest.mark.parametrize(
    "text",
    [
        "What is the weather in Oslo?",
        "Latest news about Chad",
        "Who is the current king of Spain?",
        "What happened TODAY?",
        "What's the price of copper",
        "现在几点",
        "今天适合钓鱼吗",
        "最新的手机",
    ],
)
def test_the_moment_matters(text: str) -> None:
    assert is_time_dependent(text)


@pytest.mark.parametrize(
    "text", ["How do tides work?", "Do you know Newton?", "Newsom's law", "为什么天是蓝的"]
)
def test_the_moment_does_not_matter(text: str) -> None:
    assert not is_time_dependent(text)


def test_the_end_of_a_long_prompt_is_looked_at() -> None:
    assert is_time_dependent("word " * 3_000 + "what happens today?")
