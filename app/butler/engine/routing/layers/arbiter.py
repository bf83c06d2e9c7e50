"""Layer `arbiter` (L3): a small local model chooses among the owner's categories.

It sees the user's own words and what the owner says of the categories, nothing else, and only
names a category; words that try to talk it over can at worst choose another of the owner's.
"""

from collections.abc import Sequence
from typing import Protocol

from butler.engine.arbiter.answer import Answer
from butler.engine.arbiter.arbiter import Arbiter, NoRuling
from butler.engine.arbiter.choice import Choice
from butler.engine.arbiter.places import Place
from butler.engine.arbiter.question import Described, can_be_named, question_of
from butler.engine.call import Call, Target, UseTargets, Verdict
from butler.engine.plan import Gate
from butler.engine.routing.layer import learn_nothing


class Mapped(Described, Protocol):
    """A category, and where it leads."""

    @property
    def targets(self) -> tuple[Target, ...]: ...


class ArbiterLayer:
    """Asks the arbiter which of the owner's categories fits."""

    name = "arbiter"
    observe = learn_nothing

    def __init__(
        self, arbiter: Arbiter, choice: Choice, categories: Sequence[Mapped], gate: Gate
    ) -> None:
        self._arbiter = arbiter
        self._choice = choice
        self._mapped = tuple(one for one in categories if one.targets and can_be_named(one))
        self._gate = gate
        self.budget_ms: float | None = choice.budget_ms

    @property
    def has_routes(self) -> bool:
        """Whether there is anything to choose among."""
        return bool(self._mapped)

    async def decide(self, call: Call) -> Verdict | None:
        """Use the category that the arbiter names, where it is sure enough."""
        why_not = self._why_not(call)
        if why_not is not None:
            call.step.skip(why_not)
            return None
        offered = [one for one in self._mapped if self._can_serve(call, one)]
        if not offered:
            call.step.skip("no category leads to a model that can serve this")
            return None
        found = await self._arbiter.judge(question_of(offered, call.known.ask))
        if isinstance(found, NoRuling):
            if found.was_asked:
                call.step.reason = f"asked in vain: {found.reason}"
            else:
                call.step.skip(f"the arbiter is not asked: {found.reason}")
            return None
        return self._verdict(call, found, offered)

    def _why_not(self, call: Call) -> str | None:
        if not call.runtime.routing_enabled:
            return "routing is switched off"
        if not self._choice.enabled:
            return "the arbiter is switched off"
        if not self._mapped:
            return "no category leads to a model"
        is_guarded = call.runtime.local_only or call.permitted is not None
        if is_guarded and self._arbiter.standing.place is not Place.HERE:
            return "the arbiter is not known to be on this machine, and the call must not leave it"
        if not call.known.ask.strip():
            return "there are no words of the user's to judge"
        return None

    def _can_serve(self, call: Call, category: Mapped) -> bool:
        plan = self._gate(call, category.targets)
        return bool(plan.targets) and plan.warning is None

    def _verdict(self, call: Call, answer: Answer, offered: Sequence[Mapped]) -> Verdict | None:
        sure = answer.confidence
        call.step.score = sure
        told = "it does not tell how sure it is" if sure is None else f"{sure:.0%} sure"
        if answer.route is None:
            call.step.reason = f"no category fits ({told})"
            return None
        if sure is not None and sure < self._choice.least:
            call.step.reason = f"“{answer.route}”, but only {told}"
            return None
        chosen = next(one for one in offered if one.name == answer.route)
        reason = f"the arbiter chose “{chosen.name}” ({told})"
        return UseTargets(chosen.targets, self.name, reason, sure)
