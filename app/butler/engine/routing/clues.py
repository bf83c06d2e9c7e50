"""What a condition can not hold without, so that rules are asked only where it turned up."""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from typing import Protocol

from butler.engine.call import FeaturesView


class Finder(Protocol):
    """Finds all of its things that a call holds, at once; things are equal by identity."""

    def found_in(self, features: FeaturesView) -> Set[object]:
        """Return what is there, computed once per call."""


@dataclass(frozen=True, slots=True)
class Clues:
    """Without one of these things, as these finders find them, a condition does not hold.

    `asked` counts how often conditions of the revision ask for them: a word that many rules have
    tells little of one of them.
    """

    things: frozenset[object]
    finders: frozenset[Finder]
    asked: int


def clues(finder: Finder, things: Collection[object], asked: int | None = None) -> Clues:
    """Return the clues that one finder finds; unless told, nobody else asks for them."""
    return Clues(frozenset(things), frozenset({finder}), len(things) if asked is None else asked)


def one_of(several: Iterable[Clues | None]) -> Clues | None:
    """Return the clues of what needs all of these: the rarest. None where none has clues."""
    known = [each for each in several if each is not None]
    return min(known, key=lambda each: each.asked, default=None)


def any_of(several: Iterable[Clues | None]) -> Clues | None:
    """Return the clues of what needs one of these; None where one may hold without any."""
    things: frozenset[object] = frozenset()
    finders: frozenset[Finder] = frozenset()
    asked = 0
    for each in several:
        if each is None:
            return None
        things |= each.things
        finders |= each.finders
        asked += each.asked
    return Clues(things, finders, asked)
