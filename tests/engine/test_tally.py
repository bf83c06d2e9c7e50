"""Counting text piece by piece gives what counting all of it gives, and keeps none of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.tally import Tally
from tests.engine.calls import tally


@given(st.lists(st.text()))
def test_pieces_count_like_the_whole(pieces: list[str]) -> None:
    assert tally(*pieces).tokens == tally("".join(pieces)).tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("你好", 2), ("привет", 2), ("👍", 1)],
)
def test_scripts_differ(text: str, tokens: int) -> None:
    assert tally(text).tokens == tokens


def test_a_lone_half_of_a_character_is_counted_too() -> None:
    assert tally("\ud83d").tokens >= 0


def test_nothing_of_it_is_kept() -> None:
    counted = Tally()
    counted.add("a secret")
    assert not hasattr(counted, "__dict__")
    assert all(isinstance(getattr(counted, name), int) for name in Tally.__slots__)
