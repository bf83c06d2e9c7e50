"""Layer `rules` (L1): the owner's rules, highest priority first; the first that can serve wins."""

import dataclasses
from collections.abc import Iterator, Sequence

from butler.engine.call import Call, UseTargets, Verdict
from butler.engine.plan import Gate, ungated
from butler.engine.routing.candidates import Candidates
from butler.engine.routing.conditions.base import Match
from butler.engine.routing.layer import learn_nothing
from butler.engine.routing.rules import CompiledRule
from butler.engine.routing.weighing import Weighed, weigh


class RulesLayer:
    """Asks the rules of one revision in turn; one whose targets can not serve passes on."""

    name = "rules"
    budget_ms = None
    observe = learn_nothing

    def __init__(self, rules: Sequence[CompiledRule], gate: Gate = ungated) -> None:
        self._rules = Candidates(rules)
        self._gate = gate

    async def decide(self, call: Call) -> Verdict | None:
        """Use the targets of the first rule that holds and can serve, else of the first at all."""
        if not call.runtime.routing_enabled and call.permitted is None:
            call.step.skip("routing is switched off")
            return None
        if not self._rules:
            call.step.skip("there are no rules")
            return None
        resort: Verdict | None = None
        passed: list[str] = []
        for match, weighed in self._holding(call):
            if weighed.why_not is None:
                call.step.words = match.words
                return _noting(weighed.verdict, passed)
            passed.append(f"{weighed.verdict.reason}, but {weighed.why_not}")
            resort = resort or weighed.verdict
        call.step.reason = "; ".join(passed) or f"none of {len(self._rules)} rules matched"
        return resort

    def first(self, call: Call) -> Weighed | None:
        """Return what this layer would decide, without a word in the trace."""
        return next((one for _, one in self._holding(call) if one.why_not is None), None)

    def others(self, call: Call, besides: Verdict) -> Iterator[Weighed]:
        """Give what the rules after the one that decided say."""
        is_after = False
        for _, weighed in self._holding(call):
            if is_after and weighed.why_not is None:
                yield weighed
            is_after = is_after or weighed.verdict.rule_id == besides.rule_id

    def _holding(self, call: Call) -> Iterator[tuple[Match, Weighed]]:
        """Give the rules that hold; while routing is off, only those that bind the call."""
        for rule in self._rules.among(call):
            if not (call.runtime.routing_enabled or rule.private):
                continue
            match = rule.match(call)
            if match is not None:
                yield match, weigh(call, _verdict(rule, match), self._gate)


def _verdict(rule: CompiledRule, match: Match) -> UseTargets:
    reason = f"{rule.name}: {match.reason}"
    if rule.missing:
        reason += f"; there is no enabled model {' or '.join(rule.missing)}"
    return UseTargets(
        rule.targets,
        "rules",
        reason,
        match.score,
        rule.id,
        rule.name,
        rule.thinking,
        rule.cap_price,
    )


def _noting(verdict: Verdict, passed: Sequence[str]) -> Verdict:
    if not passed:
        return verdict
    return dataclasses.replace(verdict, reason="; ".join((verdict.reason, *passed)))
