"""A model for a purpose, and who stands in for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from butler.contract.wizard import Spending
from butler.engine.assistant.wizard.known import Known
from butler.engine.assistant.wizard.ranking import Part, Ranked, ranked
from butler.engine.assistant.wizard.taste import Taste

_STAND_INS = 3
_AS_LARGE = 0.8
"""A context of this share of the largest counts as large as that."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The model of a rule, its fallbacks in order, and why it was taken.

    `over` is the next best, `by` what spoke most against that one; both are None where there was
    no choice, or nothing known to choose by.
    """

    known: Known
    fallbacks: tuple[Known, ...]
    over: Known | None
    by: Part | None
    taste: Taste

    @property
    def capped(self) -> bool:
        """Whether no fallback may cost more."""
        return self.taste.spending is Spending.SAVING


def choose(menu: Sequence[Known], wanted: Taste) -> Chosen | None:
    """Return the most suitable model with its stand-ins; None where there is none."""
    order = ranked(menu, wanted)
    return _chosen(order, wanted) if order else None


def choose_largest(menu: Sequence[Known], wanted: Taste) -> Chosen | None:
    """Return the most suitable of those that read most at once; None where no context is known."""
    known = [each for each in menu if each.context_tokens is not None]
    largest = max((each.context_tokens or 0 for each in known), default=0)
    order = ranked(known, wanted)
    enough = [it for it in order if (it.known.context_tokens or 0) >= _AS_LARGE * largest]
    rest = sorted(
        (it for it in order if it not in enough), key=lambda it: -(it.known.context_tokens or 0)
    )
    if not enough:
        return None
    chosen = _chosen([*enough, *rest], wanted)
    return replace(chosen, by=Part.CONTEXT) if len(enough) == 1 and rest else chosen


def _chosen(order: Sequence[Ranked], wanted: Taste) -> Chosen:
    first = order[0]
    second = order[1] if len(order) > 1 else None
    return Chosen(
        known=first.known,
        fallbacks=_stand_ins(first.known, [it.known for it in order[1:]], wanted),
        over=second.known if second else None,
        by=first.advantage(second) if second else None,
        taste=wanted,
    )


def _stand_ins(first: Known, others: Iterable[Known], wanted: Taste) -> tuple[Known, ...]:
    """Return up to three, those of other providers first; none that costs more, where one saves."""
    fit = [
        other
        for other in others
        if wanted.spending is not Spending.SAVING or _costs_no_more(other, first)
    ]
    provider = first.target.provider
    elsewhere = sorted(fit, key=lambda it: it.target.provider == provider)
    return tuple(elsewhere[:_STAND_INS])


def _costs_no_more(one: Known, other: Known) -> bool:
    """Compare as the dispatcher does, but for unknown prices: those might be any."""
    price, cap = one.dish.facts.price, other.dish.facts.price
    if price is None or price.input_usd is None or price.output_usd is None:
        return False
    if cap is None or cap.input_usd is None or cap.output_usd is None:
        return False
    return price.input_usd <= cap.input_usd and price.output_usd <= cap.output_usd
