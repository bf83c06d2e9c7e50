"""A vote of the nearest utterances: which category a text belongs to, and how sure that is."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from butler.engine.routing.categories import Category

NEAREST = 4
"""So many utterances of each category have a voice: one alone is chance, all are an average."""
TEMPERATURE = 0.05
"""How far apart, in cosine, two categories must be to differ clearly."""
FOREIGN = 0.22
"""As near, in cosine, is what belongs to none of the categories: who is no nearer is not sure,
even where there is no other category. A category alone takes one in twelve of what is foreign."""
_SLOPE, _SHIFT = 1.06, 0.58
"""Turn the winner's share into how often a winner with that share is right. Fitted on every other
English prompt of `packaging/training`; `python -m tests.eval.semantic --fit` fits them again, and
measures what comes out on prompts that nothing was fitted on."""
_EDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Winner:
    """The category that is nearest, and the probability that it is the right one."""

    category: Category
    confidence: float


def vote(categories: Iterable[Category], cosines: Mapping[str, float]) -> Winner | None:
    """Return the nearest category; None where no utterance has a cosine.

    Those without targets vote, too: what is theirs is nobody else's.
    """
    stand = [(_nearness(category.utterances, cosines), category) for category in categories]
    heard = [(nearness, category) for nearness, category in stand if nearness is not None]
    if not heard:
        return None
    best, winner = max(heard, key=lambda one: one[0])
    total = sum(math.exp((nearness - best) / TEMPERATURE) for nearness, _ in heard)
    # At most as sure as against something foreign.
    alone = 1 + math.exp((FOREIGN - best) / TEMPERATURE)
    return Winner(winner, confidence_of(1 / max(total, alone)))


def confidence_of(share: float) -> float:
    """Return how often a winner with this share of the votes is right, between 0 and 1."""
    kept = min(max(share, _EDGE), 1 - _EDGE)
    return 1 / (1 + math.exp(-(_SLOPE * math.log(kept / (1 - kept)) + _SHIFT)))


def _nearness(utterances: Sequence[str], cosines: Mapping[str, float]) -> float | None:
    near = nlargest(NEAREST, (cosines[text] for text in utterances if text in cosines))
    return sum(near) / len(near) if near else None
