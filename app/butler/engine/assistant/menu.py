"""The menu: the models that rules can be made for, with what is known of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from butler.engine.call import TALK, ModelFacts, Target


@dataclass(frozen=True, slots=True)
class Dish:
    """A model that can be chosen; `alias` is its other name, where it has one."""

    target: Target
    facts: ModelFacts
    alias: str | None = None

    @property
    def price_usd(self) -> Decimal | None:
        """What a million tokens cost, three of input to one of output; None where unpriced."""
        price = self.facts.price
        if price is None or price.input_usd is None or price.output_usd is None:
            return None
        return (3 * price.input_usd + price.output_usd) / 4


@dataclass(frozen=True, slots=True)
class Menu:
    """The models in their owner's order; those that make no words are left out."""

    dishes: tuple[Dish, ...]

    @classmethod
    def of(
        cls, known: Mapping[Target, ModelFacts], aliases: Iterable[tuple[str, Target]] = ()
    ) -> "Menu":
        """Return the menu of what is known of each model."""
        names = {target: alias for alias, target in aliases}
        return cls(
            tuple(
                Dish(target, facts, names.get(target))
                for target, facts in known.items()
                if facts.makes is None or facts.makes & TALK
            )
        )

    def __iter__(self) -> Iterator[Dish]:
        return iter(self.dishes)

    def __len__(self) -> int:
        return len(self.dishes)

    def __bool__(self) -> bool:
        return bool(self.dishes)

    def find(self, target: Target) -> Dish | None:
        """Return the model of this name."""
        return next((dish for dish in self.dishes if dish.target == target), None)
