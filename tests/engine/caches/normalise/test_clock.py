"""Words that may be about dates or the hour are known."""

import pytest

from butler.engine.caches.normalise.clock import asks_for_time


@pytest.mark.parametrize("text", ["What day is it?", "How old is she?", "现在几点", "本周的计划"])
def test_questions_of_time(text: str) -> None:
    assert asks_for_time(text)


@pytest.mark.parametrize(
    "text", ["Explain this function.", "Say hi", "写一首诗", "Fix the daylight bug"]
)
def test_other_questions(text: str) -> None:
    assert not asks_for_time(text)
