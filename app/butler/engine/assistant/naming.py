"""Which model of the menu a name means: letter by letter, by its other names, else the nearest."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from butler.engine.assistant.menu import Dish, Menu

_SIGNS = re.compile(r"[\s._:/-]+")
_NEAR = 0.72
"""How alike two names must be for one to be taken for the other, 0 to 1, as difflib counts it."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The model that a name means; `guessed` says that it is the nearest, not the one named."""

    dish: Dish
    guessed: bool


def meant(name: str, menu: Menu) -> Meant | None:
    """Return the model that a name means; None where none is near, or several are as near."""
    wanted = _plain(name)
    if not wanted:
        return None
    same = [dish for dish in menu if wanted in _names(dish)]
    if same:
        return Meant(same[0], guessed=False) if len(same) == 1 else None
    inside = [dish for dish in menu if _is_inside(wanted, dish)]
    if len(inside) == 1:
        return Meant(inside[0], guessed=True)
    rated = sorted(
        ((max(_likeness(wanted, known) for known in _names(dish)), dish) for dish in menu),
        key=lambda pair: -pair[0],
    )
    if not rated or rated[0][0] < _NEAR:
        return None
    if len(rated) > 1 and rated[1][0] == rated[0][0]:
        return None
    return Meant(rated[0][1], guessed=True)


def _names(dish: Dish) -> set[str]:
    """Return all that a model may exactly be called: whole, without its provider, by its alias."""
    model = dish.target.model
    found = {str(dish.target), model, model.rpartition("/")[2], dish.alias or model}
    return {_plain(name) for name in found}


def _plain(name: str) -> str:
    return _SIGNS.sub("-", name.strip().strip("`\"'").casefold()).strip("-")


def _is_inside(wanted: str, dish: Dish) -> bool:
    return len(wanted) >= 3 and any(
        known.startswith(wanted) or wanted.startswith(known) for known in _names(dish)
    )


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
