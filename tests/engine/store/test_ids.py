"""Ids sort by the time of making and do not repeat."""

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from butler.engine.store.ids import new_id


@given(st.from_regex(r"[a-z]{2,8}", fullmatch=True))
def test_an_id_is_its_prefix_and_25_unmistakable_letters(prefix: str) -> None:
    assert re.fullmatch(prefix + "_[0-9a-hjkmnp-tv-z]{25}", new_id(prefix))


def test_later_ids_sort_behind_earlier_ones() -> None:
    ids = []
    for _ in range(50):
        ids.append(new_id("req"))
        time.sleep(0.00002)
    assert ids == sorted(ids)


def test_ids_of_the_same_moment_differ() -> None:
    assert len({new_id("req") for _ in range(20_000)}) == 20_000
