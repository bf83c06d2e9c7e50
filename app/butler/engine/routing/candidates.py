"""Which of a revision's rules may hold for a call: those whose clues are there, or that need none.

So the time for a call grows with the rules that have to do with it, not with all of them.
"""

from collections.abc import Iterator, Sequence

from butler.engine.call import Call
from butler.engine.routing.clues import Finder
from butler.engine.routing.rules import CompiledRule


class Candidates:
    """The rules of one revision in their order, by what they can not hold without."""

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self._rules = tuple(rules)
        self._always: list[int] = []
        self._by_thing: dict[object, list[int]] = {}
        self._finders: set[Finder] = set()
        for place, rule in enumerate(self._rules):
            clues = rule.condition.clues()
            if clues is None:
                self._always.append(place)
                continue
            self._finders |= clues.finders
            for thing in clues.things:
                self._by_thing.setdefault(thing, []).append(place)

    def __len__(self) -> int:
        return len(self._rules)

    def among(self, call: Call) -> Iterator[CompiledRule]:
        """Give the rules that may hold for a call, in their order."""
        places = set(self._always)
        for finder in self._finders:
            for thing in finder.found_in(call.known):
                places.update(self._by_thing.get(thing, ()))
        return map(self._rules.__getitem__, sorted(places))
