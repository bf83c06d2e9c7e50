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
_SLOPE, _SHIFT = 1.09, 0.53
"""Turn the winner's share into how often a winner with that share is right. Fitted on the English
prompts in `packaging/training`, which `tests/eval/semantic.py` measures (and fits again)."""
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
    return Winner(winner, confidence_of(1 / total))


def confidence_of(share: float) -> float:
    """Return how often a winner with this share of the votes is right, between 0 and 1."""
    kept = min(max(share, _EDGE), 1 - _EDGE)
    return 1 / (1 + math.exp(-(_SLOPE * math.log(kept / (1 - kept)) + _SHIFT)))


def _nearness(utterances: Sequence[str], cosines: Mapping[str, float]) -> float | None:
    near = nlargest(NEAREST, (cosines[text] for text in utterances if text in cosines))
    return sum(near) / len(near) if near else None
