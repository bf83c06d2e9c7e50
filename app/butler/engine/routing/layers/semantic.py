"""Layer `semantic` (L2): what the words mean, by the nearest of the owner's examples."""

from dataclasses import dataclass

from butler.engine.call import Call, UseTargets, Verdict
from butler.engine.routing.categories import Category
from butler.engine.routing.layer import learn_nothing
from butler.engine.routing.meanings import Meanings
from butler.engine.routing.vote import Winner, vote
from butler.engine.signals.embedder.model import NoEmbedding


@dataclass(frozen=True, slots=True)
class Understanding:
    """What this layer decides by: one revision's categories, and how sure it must be (0 to 1).

    `meanings` are the vectors of their examples; they outlive the revision.
    """

    categories: tuple[Category, ...] = ()
    meanings: Meanings | None = None
    is_on: bool = True
    least: float = 0.6


class SemanticLayer:
    """Asks the categories of one revision; it abstains where it is less sure than `least`."""

    name = "semantic"
    # The call's own budget for its embedding bounds the one thing that is waited for.
    budget_ms = None
    observe = learn_nothing

    def __init__(self, by: Understanding) -> None:
        self._by = by
        self._has_targets = any(category.targets for category in by.categories)

    async def decide(self, call: Call) -> Verdict | None:
        """Use the targets of the nearest category, if it has some and is near enough."""
        meanings, why_not = self._by.meanings, self._why_not(call)
        if meanings is None or why_not is not None:
            call.step.skip(why_not or "there is no embedding model")
            return None
        found = await call.known.embedding.get(call.runtime.embedding_budget_ms)
        if isinstance(found, NoEmbedding):
            call.step.skip(found.detail)
            return None
        winner = vote(self._by.categories, meanings.cosines(found))
        if winner is None:
            call.step.skip("the embedding model can read none of the examples")
            return None
        return self._verdict(call, winner)

    def _why_not(self, call: Call) -> str | None:
        if not call.runtime.routing_enabled:
            return "routing is switched off"
        if not self._by.is_on:
            return "routing by meaning is switched off"
        if not self._by.categories:
            return "there are no categories"
        if not self._has_targets:
            return "no category has a target"
        return self._by.meanings.why_not if self._by.meanings else None

    def _verdict(self, call: Call, winner: Winner) -> Verdict | None:
        category, confidence = winner.category, winner.confidence
        call.step.score = round(confidence, 4)
        meanings = self._by.meanings
        guessed = "" if meanings is None or meanings.is_fitted else " by estimate"
        told = f"{category.reason} is nearest ({confidence:.0%} sure{guessed}"
        if confidence < self._by.least:
            call.step.reason = f"{told}, {self._by.least:.0%} are asked for)"
            return None
        if not category.targets:
            call.step.reason = f"{told}), and it has no target"
            return None
        return UseTargets(category.targets, self.name, f"{told})", call.step.score)
