"""Priorities for rules in a wished order, changing as few as possible."""

from collections.abc import Sequence
from itertools import pairwise

from butler.contract.problems import ProblemCode
from butler.engine.errors import ConfigError, problem

HIGHEST, LOWEST = 1000, 0
Place = tuple[str, int]
"""A rule's id and its priority; of equal priorities the lower id is tried first."""


def priorities_for(wished: Sequence[Place]) -> dict[str, int]:
    """Return the priority of every rule, so that they are tried as listed.

    Most rules keep theirs: the largest number that can. The others are spread evenly between
    their neighbours. Raises ConfigError when there are more rules than priorities.
    """
    if len(wished) > HIGHEST - LOWEST + 1:
        raise ConfigError(
            problem(
                ProblemCode.INVALID,
                f"{len(wished)} rules can not have an order of their own.",
                f"There are {HIGHEST - LOWEST + 1} priorities; remove some rules.",
                "ids",
            )
        )
    # The fences stand for what no rule may reach; no id is before "" or behind the last letter.
    fenced = [("", HIGHEST + 1), *wished, ("\uffff", LOWEST - 1)]
    kept = _most_that_fit(fenced)
    found: dict[str, int] = {}
    for first, last in pairwise(kept):
        high, low = fenced[first][1], fenced[last][1]
        gap = last - first
        for step in range(1, gap):
            found[fenced[first + step][0]] = high - (high - low) * step // gap
        found[fenced[last][0]] = low
    del found[fenced[-1][0]]
    return found


def _most_that_fit(places: Sequence[Place]) -> list[int]:
    """Return the positions of the longest run of keepers, from the first place to the last."""
    length = [0] * len(places)
    before = [0] * len(places)
    for here in range(1, len(places)):
        length[here] = -1
        for there in range(here - 1, -1, -1):
            if length[there] >= length[here] and _fits(places, there, here):
                length[here], before[here] = length[there] + 1, there
    kept = [len(places) - 1]
    while kept[-1]:
        kept.append(before[kept[-1]])
    return kept[::-1]


def _fits(places: Sequence[Place], first: int, last: int) -> bool:
    """Say whether two places may keep their priorities, with room for those between them."""
    room, between = places[first][1] - places[last][1] - 1, last - first - 1
    if not between and room == -1:
        return places[first][0] < places[last][0]
    return room >= between
