"""Layer `rules` (L1): the owner's rules, highest priority first; the first match wins."""

from collections.abc import Sequence

from butler.engine.call import Call, UseTargets, Verdict
from butler.engine.routing.candidates import Candidates
from butler.engine.routing.conditions.base import Match
from butler.engine.routing.layer import learn_nothing
from butler.engine.routing.rules import CompiledRule


class RulesLayer:
    """Asks the rules of one revision in turn."""

    name = "rules"
    budget_ms = None
    observe = learn_nothing

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self._rules = Candidates(rules)

    async def decide(self, call: Call) -> Verdict | None:
        """Use the targets of the first rule that holds."""
        if not call.runtime.routing_enabled:
            call.step.skip("routing is switched off")
            return None
        if not self._rules:
            call.step.skip("there are no rules")
            return None
        for rule in self._rules.among(call):
            match = rule.match(call)
            if match is not None:
                return self._verdict(call, rule, match)
        call.step.reason = f"none of {len(self._rules)} rules matched"
        return None

    def _verdict(self, call: Call, rule: CompiledRule, match: Match) -> Verdict:
        call.step.words = match.words
        reason = f"{rule.name}: {match.reason}"
        return UseTargets(
            rule.targets,
            self.name,
            reason,
            match.score,
            rule.id,
            rule.name,
            rule.thinking,
            rule.cap_price,
        )
