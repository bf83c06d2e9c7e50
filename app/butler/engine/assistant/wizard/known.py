"""What is known of each model, as measures from 0 to 1 that can be weighed; None is unknown.

Nobody knows how good a model is. Its price tells most: the dearer one is taken for the stronger
one. What is free is told by its size, where its name has one. The rest are plain facts, and what
its family has in common.
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from butler.contract.wizard import UseCase
from butler.engine.assistant.menu import Dish
from butler.engine.call import Makes, Target
from butler.engine.providers.families import NOT_CHAT, Family, family_of

_CHEAPEST_USD, _DEAREST_USD = 0.03, 30.0
"""Between these a blended price of a million tokens counts, by its logarithm."""
_STRONGEST_FREE, _LARGEST_FREE = 0.7, 200.0
"""What a free model of so many billion parameters is taken for, and none for more."""
_NAME_COUNTS, _THINKING_COUNTS = 0.1, 0.08
_QUICK_BY_NAME, _SLOW_BY_NAME, _QUICK_HERE, _SLOW_HERE = 0.9, 0.2, 0.8, 0.4
_QUICK_AT_MOST_B = 14.0
_TINY_B = 2.0
_QUICKEST_BY_PRICE = 0.8

_SMALL = frozenset(
    {"mini", "nano", "micro", "tiny", "small", "lite", "flash", "haiku", "fast", "instant"}
)
_LARGE = frozenset({"opus", "pro", "max", "ultra", "large"})
_WORDS = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_PARAMETERS = re.compile(r"(?<![a-z0-9.])(?:(\d+)x)?(\d+(?:\.\d+)?)([bm])(?![a-z])")
_OF_A_BILLION = {"b": 1.0, "m": 0.001}
_MADE_FOR = {
    UseCase.CODING: re.compile(r"coder?(?![a-z])|codex|codestral|devstral|starcoder"),
    UseCase.MATH: re.compile(r"math|reason|thinking|qwq|(?<![a-z0-9])(?:r1|o[134])(?![a-z0-9])"),
    UseCase.TRANSLATION: re.compile(r"translat|(?<![a-z])mt(?![a-z])|towerinstruct|aya"),
}


class Sign(StrEnum):
    """What a measure was told by."""

    PRICE = "price"
    SIZE = "size"
    NAME = "name"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class Measure:
    """A value from 0 to 1, and what it was told by."""

    value: float
    sign: Sign


@dataclass(frozen=True, slots=True)
class Known:
    """A model with what can be weighed of it; `place` is its place on the menu."""

    dish: Dish
    place: int
    thrift: Measure | None
    strength: Measure | None
    speed: Measure | None
    context_tokens: int | None
    thinks: bool | None
    uses_tools: bool | None
    sees: bool | None
    made_for: UseCase | None
    tiny: bool

    @property
    def target(self) -> Target:
        """The model's name."""
        return self.dish.target

    @property
    def local(self) -> bool:
        """Whether it runs on the owner's machines."""
        return self.dish.facts.local

    @property
    def price_usd(self) -> Decimal | None:
        """What a million tokens cost, three of input to one of output."""
        return self.dish.price_usd


def read(dishes: Iterable[Dish]) -> tuple[Known, ...]:
    """Return what is known of those models that hold conversations."""
    return tuple(_known(dish, place) for place, dish in enumerate(dishes) if _chats(dish))


def middle(menu: Iterable[Known], of: Callable[[Known], float | None]) -> float:
    """Return the mean of what is known: what stands in for the unknown; a half of nothing."""
    values = [value for value in map(of, menu) if value is not None]
    return sum(values) / len(values) if values else 0.5


def _chats(dish: Dish) -> bool:
    if dish.facts.makes is not None:
        return Makes.CHAT in dish.facts.makes
    return NOT_CHAT not in family_of(dish.target.model).traits


def _known(dish: Dish, place: int) -> Known:
    facts, name = dish.facts, dish.target.model.lower()
    family = family_of(dish.target.model)
    thinks = family.thinking if facts.thinking is None else facts.thinking
    thrift = _thrift(dish)
    return Known(
        dish=dish,
        place=place,
        thrift=thrift,
        strength=_strength(dish, thrift, thinks),
        speed=_speed(dish, thrift),
        context_tokens=facts.context_tokens or family.context_tokens,
        thinks=thinks,
        uses_tools=family.tools if facts.tools is None else facts.tools,
        sees=_sees(dish, family),
        made_for=next((case for case, made in _MADE_FOR.items() if made.search(name)), None),
        tiny=(_billions(dish) or _TINY_B) < _TINY_B,
    )


def _sees(dish: Dish, family: Family) -> bool | None:
    modalities = dish.facts.modalities or family.modalities
    return None if modalities is None else "image" in modalities


def _thrift(dish: Dish) -> Measure | None:
    """Cheap is 1, dear is 0; every factor of the price counts alike."""
    if dish.price_usd is None:
        return None
    usd = min(max(float(dish.price_usd), _CHEAPEST_USD), _DEAREST_USD)
    return Measure(
        math.log(_DEAREST_USD / usd) / math.log(_DEAREST_USD / _CHEAPEST_USD), Sign.PRICE
    )


def _strength(dish: Dish, thrift: Measure | None, thinks: bool | None) -> Measure | None:
    by_name = _by_name(dish)
    base = None
    if thrift is not None and dish.price_usd:
        base = Measure(1 - thrift.value, Sign.PRICE)
    elif (billions := _billions(dish)) is not None:
        grown = math.log(max(billions, 1)) / math.log(_LARGEST_FREE)
        base = Measure(min(grown, 1) * _STRONGEST_FREE, Sign.SIZE)
    elif by_name:
        base = Measure(0.5, Sign.NAME)
    if base is None:
        return None
    value = base.value + by_name * _NAME_COUNTS + (_THINKING_COUNTS if thinks else 0)
    return Measure(min(max(value, 0.0), 1.0), base.sign)


def _speed(dish: Dish, thrift: Measure | None) -> Measure | None:
    """Nobody has measured it: small names, small models on this machine, then low prices."""
    if by_name := _by_name(dish):
        return Measure(_QUICK_BY_NAME if by_name < 0 else _SLOW_BY_NAME, Sign.NAME)
    if dish.facts.local:
        large = (_billions(dish) or 0) > _QUICK_AT_MOST_B
        return Measure(_SLOW_HERE if large else _QUICK_HERE, Sign.HERE)
    return None if thrift is None else Measure(thrift.value * _QUICKEST_BY_PRICE, Sign.PRICE)


def _by_name(dish: Dish) -> int:
    """Return -1 for a model that is called small, 1 for one that is called large, else 0."""
    words = set(_WORDS.findall(dish.target.model.lower()))
    return -1 if words & _SMALL else 1 if words & _LARGE else 0


def _billions(dish: Dish) -> float | None:
    found = _PARAMETERS.search(dish.target.model.lower())
    return int(found[1] or 1) * float(found[2]) * _OF_A_BILLION[found[3]] if found else None
