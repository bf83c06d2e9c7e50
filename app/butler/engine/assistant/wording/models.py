"""Which models a phrase names: by name, loosely written, or by what they are."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from butler.contract.problems import Problem, ProblemCode
from butler.engine.assistant.menu import Dish, Menu
from butler.engine.assistant.wording.words import CHEAPEST, LOCAL, ROOMIEST, STRONGEST, TOOLS
from butler.engine.errors import problem

_FEWEST_SIGNS = 3
_GAP = r"[\s._:/-]*"
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![a-z0-9.])", r"(?![a-z0-9])"


@dataclass(frozen=True, slots=True)
class Mention:
    """A model in a text, where it stands, and what was guessed about it."""

    start: int
    end: int
    dish: Dish
    doubt: Problem | None = None


def mentions(text: str, menu: Menu) -> list[Mention]:
    """Return the models that a folded text names, in order, none overlapping another."""
    text = without_tools(text)
    found = [*_by_name(text, menu), *_by_part(text, menu), *_by_rank(text, menu)]
    taken: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in taken):
            taken.append(mention)
    return sorted(taken, key=lambda mention: mention.start)


def without_tools(text: str) -> str:
    """Return a text in which the tools that are called like a model are blank."""
    return TOOLS.sub(lambda match: " " * len(match[0]), text)


def _by_name(text: str, menu: Menu) -> Iterator[Mention]:
    """Give exact names, the longest first: whole, without the provider, by the alias."""
    named: list[tuple[str, Dish]] = []
    for dish in menu:
        model = dish.target.model
        names = {str(dish.target), model, model.rpartition("/")[2], dish.alias or model}
        named += [(name, dish) for name in names]
    for name, dish in sorted(named, key=lambda pair: -len(pair[0])):
        for match in _loosely(name).finditer(text):
            yield Mention(match.start(), match.end(), dish)


def _by_part(text: str, menu: Menu) -> Iterator[Mention]:
    """Give families and vendors, such as `claude`: the first that is called so, said if several."""
    parts: dict[str, list[Dish]] = {}
    for dish in menu:
        family = re.match(r"[a-z]*", dish.target.model.rpartition("/")[2].casefold())
        words = {dish.target.provider.casefold(), family[0] if family else ""}
        for word in words:
            if len(word) >= _FEWEST_SIGNS:
                parts.setdefault(word, []).append(dish)
    for word, dishes in parts.items():
        named = f"{_EDGE_BEFORE}{re.escape(word)}(?:[-.]?[0-9][\\w.-]*|(?![a-z0-9]))"
        for match in re.finditer(named, text):
            exact = match[0] == word and len(dishes) == 1
            doubt = None if exact else _taken(match[0], dishes[0])
            yield Mention(match.start(), match.end(), dishes[0], doubt)


def _by_rank(text: str, menu: Menu) -> Iterator[Mention]:
    """Give what is asked for by what it is: local, cheapest, strongest, roomiest."""
    ranks: tuple[tuple[re.Pattern[str], Callable[[Menu], Dish | None]], ...] = (
        (CHEAPEST, cheapest),
        (STRONGEST, strongest),
        (ROOMIEST, roomiest),
        (LOCAL, local),
    )
    for pattern, choose in ranks:
        for match in pattern.finditer(text):
            chosen = choose(menu)
            if chosen is not None:
                yield Mention(match.start(), match.end(), chosen, _taken(match[0], chosen))


def cheapest(menu: Menu) -> Dish | None:
    """Return the cheapest of those whose price is known."""
    return min(_priced(menu), key=lambda pair: pair[0], default=(None, None))[1]


def strongest(menu: Menu) -> Dish | None:
    """Return the dearest: it is taken for the strongest, since nothing else is known."""
    return max(_priced(menu), key=lambda pair: pair[0], default=(None, None))[1]


def roomiest(menu: Menu) -> Dish | None:
    """Return the one with the largest context."""
    known = [dish for dish in menu if dish.facts.context_tokens]
    return max(known, key=lambda dish: dish.facts.context_tokens or 0, default=None)


def local(menu: Menu) -> Dish | None:
    """Return the first that runs on this machine."""
    return next((dish for dish in menu if dish.facts.local), None)


def _priced(menu: Menu) -> list[tuple[Decimal, Dish]]:
    return [(dish.price_usd, dish) for dish in menu if dish.price_usd is not None]


def _loosely(name: str) -> re.Pattern[str]:
    """Return a pattern for a name in which dots, dashes, slashes and spaces are all alike."""
    parts = [re.escape(part) for part in re.split(r"[\s._:/-]+", name.casefold()) if part]
    return re.compile(_EDGE_BEFORE + _GAP.join(parts) + _EDGE_AFTER)


def _taken(words: str, dish: Dish) -> Problem:
    detail = f"“{words.strip()}” was taken for {dish.target}."
    return problem(ProblemCode.REPLACED, detail, field="target")
