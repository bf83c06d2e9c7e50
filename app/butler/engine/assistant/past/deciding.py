"""Who would have decided a past call under a configuration, as far as the log can tell.

The chain is walked as the router walks it. What only the moment could know is taken as it was:
kept answers, what the words meant, what the arbiter said; thresholds are compared with the scores
that stand in the trace. Of a rule that has not changed since, the log knows what it said then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from butler.contract.replay import Need
from butler.engine.assistant.past.calls import PastCall
from butler.engine.assistant.past.judging import Judged, Unknown, judge
from butler.engine.assistant.past.recorded import NotRecorded
from butler.engine.assistant.past.view import PastView
from butler.engine.assistant.view import ConfigurationView
from butler.engine.call import Call, Target, UseTargets
from butler.engine.dispatch.gate import plan
from butler.engine.routing.conditions.base import Match
from butler.engine.routing.rules import CompiledRule

_NOTHING: frozenset[Need] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides, and which target answers; `is_kept` is an answer from a cache.

    `needs` is what it would take to be certain; nothing where it is.
    """

    layer: str
    target: Target | None
    rule_id: str | None = None
    rule: str | None = None
    is_kept: bool = False
    needs: frozenset[Need] = _NOTHING

    @property
    def by(self) -> str:
        """The rule, else the layer."""
        return self.rule or self.layer


class Decider:
    """One configuration, asked about one past call after the other, from the oldest on.

    `since` says from when on each of its rules has been as it is, by id; a rule that is not
    there is new.
    """

    def __init__(self, config: ConfigurationView, since: Mapping[str, datetime]) -> None:
        self.config = config
        self.view = PastView(config)
        self._since = since
        self._place = {rule.id: place for place, rule in enumerate(config.rules)}
        self._living = {str(target): target for target in config.names.names.values()}
        self._guesses = any(category.targets for category in config.categories)
        self._held: dict[str, Decision] = {}

    def decide(self, past: PastCall) -> Decision:
        """Say who would decide; conversations stay where their first call went."""
        past.call.runtime = self.view
        past.call.permitted, past.call.permitted_by = None, ""
        unsure = self._bind(past)
        decision = self._decide(past)
        # A privacy rule that may hold would have kept the call from others than its own.
        needs = [needs for needs, targets in unsure if decision.target not in targets]
        decision = replace(decision, needs=decision.needs.union(*needs))
        talk = past.row.conversation
        is_held = decision.target is not None and not decision.is_kept
        if talk is not None and is_held and decision.layer != "pin":
            self._held[talk] = decision
        return decision

    def holds(self, rule: CompiledRule, past: PastCall) -> Judged:
        """Say whether a rule holds for a call, by what it asks or by what it said then."""
        judged = judge(rule.condition, past.call)
        return self._as_then(rule, past, judged) if isinstance(judged, Unknown) else judged

    def _decide(self, past: PastCall) -> Decision:
        first = self._first(past)
        if first is not None and _may_be_asked(past.call, first.target):
            return first
        kept = self._similar(past)
        if kept is not None and not kept.needs and _may_be_asked(past.call, kept.target):
            return kept
        doubts = [kept] if kept is not None and kept.needs else []
        for decision in self._ruled(past):
            if not decision.needs:
                return _doubted(decision, doubts)
            doubts.append(decision)
        guessed = self._guessed(past)
        if guessed is None or not _may_be_asked(past.call, guessed.target):
            guessed = self._default(past.call)
        return _doubted(guessed, doubts)

    def _first(self, past: PastCall) -> Decision | None:
        """Return what was decided before any rule is asked: a kept answer, or the pin."""
        if past.row.layer == "exact_cache":
            return self.as_it_was(past, is_kept=True)
        return self._pinned(past) if past.row.layer == "pin" else None

    def _pinned(self, past: PastCall) -> Decision:
        held = self._held.get(past.row.conversation or "")
        if held is None:
            return self.as_it_was(past)
        return replace(held, layer="pin")

    def _similar(self, past: PastCall) -> Decision | None:
        """Return what the semantic cache would do with the score that it found then."""
        step, settings = past.step("semantic_cache"), self.config.settings
        if past.row.layer != "semantic_cache" and (step is None or "score" not in step):
            return None
        if not settings.flag("cache.semantic"):
            return None
        score = (step or {}).get("score")
        least = settings.number("cache.semantic_similarity_percent") / 100
        is_near = score is None or score >= least
        if past.row.layer == "semantic_cache":
            return self.as_it_was(past, is_kept=True) if is_near else None
        # Beside the score, other things keep two questions apart: they were not all looked at.
        nearby = Decision("semantic_cache", None, is_kept=True, needs=frozenset({"meaning"}))
        return nearby if is_near and _was_too_far(step) else None

    def _ruled(self, past: PastCall) -> Iterator[Decision]:
        """Give the rules that hold or may hold, in their order, with the target that can serve."""
        call = past.call
        for rule in self.config.rules:
            if not (self.config.routing_enabled or rule.private):
                continue
            judged = self.holds(rule, past)
            if judged is None:
                continue
            target = self._serving(call, rule, judged)
            if target is not None:
                needs = judged.needs if isinstance(judged, Unknown) else _NOTHING
                yield Decision("rules", target, rule.id, rule.name, needs=needs)

    def _serving(self, call: Call, rule: CompiledRule, judged: Match | Unknown) -> Target | None:
        if not rule.targets:
            return None
        reason = "" if isinstance(judged, Unknown) else judged.reason
        verdict = UseTargets(rule.targets, "rules", reason, cap_price=rule.cap_price)
        try:
            planned = plan(call, rule.targets, verdict)
        except NotRecorded:
            # What is not known of a call never speaks against a target.
            return rule.targets[0]
        if planned.warning is not None:
            return None
        return next(iter(planned.targets), None)

    def _as_then(self, rule: CompiledRule, past: PastCall, judged: Unknown) -> Judged:
        """Return what a rule said then, where it has not changed since; else that it is unknown."""
        since, step, row = self._since.get(rule.id), past.step("rules"), past.row
        if since is None or since > row.started_at or step is None:
            return judged
        if step.get("outcome") not in ("decided", "passed"):
            return judged
        if row.layer != "rules" or row.rule_id is None:
            return None
        if row.rule_id == rule.id:
            words = tuple(step.get("words", ()))
            return Match(str(step.get("reason", "")), words, private=rule.private)
        winner, here = self._place.get(row.rule_id), self._place[rule.id]
        changed = self._since.get(row.rule_id)
        is_before = winner is not None and here < winner
        was_asked = is_before and changed is not None and changed <= row.started_at
        return None if was_asked else judged

    def _guessed(self, past: PastCall) -> Decision | None:
        """Return what the semantic layer or the arbiter would say, from what they said then."""
        if not self.config.routing_enabled:
            return None
        settings, step = self.config.settings, past.step("semantic")
        if self._guesses and settings.flag("semantic.enabled") and step is not None:
            least = settings.number("semantic.least_percent") / 100
            score = step.get("score")
            if score is not None and score >= least:
                if past.row.layer == "semantic":
                    return self.as_it_was(past)
                return replace(self._default(past.call), needs=frozenset({"meaning"}))
        if past.row.layer == "arbiter" and settings.flag("arbiter.enabled"):
            return self.as_it_was(past)
        if self._guesses and step is None and past.row.layer not in ("default", "arbiter"):
            # Nobody asked what the words meant: a rule had decided already.
            return replace(self._default(past.call), needs=frozenset({"meaning"}))
        return None

    def _default(self, call: Call) -> Decision:
        found = self.config.defaults.of(call)
        target = found.target if found and _may_be_asked(call, found.target) else None
        return Decision("default", target)

    def as_it_was(self, past: PastCall, *, is_kept: bool = False) -> Decision:
        """Return what was decided then; a target that is gone leaves the default."""
        row = past.row
        target = self._living.get(row.target or "")
        if target is None and not is_kept:
            return self._default(past.call)
        return Decision(row.layer or "default", target, row.rule_id, row.rule_name, is_kept)

    def _bind(self, past: PastCall) -> list[tuple[frozenset[Need], tuple[Target, ...]]]:
        """Bind the call to the targets of the first privacy rule that surely holds.

        Returns what it would take to know of those before it, each with its targets.
        """
        unsure: list[tuple[frozenset[Need], tuple[Target, ...]]] = []
        for rule in self.config.rules:
            if not rule.private:
                continue
            judged = self.holds(rule, past)
            if isinstance(judged, Unknown):
                unsure.append((judged.needs, rule.targets))
            elif isinstance(judged, Match) and judged.private:
                past.call.permitted = frozenset(rule.targets)
                past.call.permitted_by = f"the privacy rule “{rule.name}”"
                break
        return unsure


def _may_be_asked(call: Call, target: Target | None) -> bool:
    """Say whether policy lets a target see a call: local-only, privacy rules, its token."""
    if target is None:
        return True
    try:
        return bool(plan(call, (target,)).targets)
    except NotRecorded:
        # Policy is asked first, and it knows all it needs: what is missing is what the model can.
        return True


def _was_too_far(step: Mapping[str, object] | None) -> bool:
    return step is not None and step.get("outcome") == "passed"


def _doubted(decision: Decision, doubts: Sequence[Decision]) -> Decision:
    """Return a decision, less certain where one before it may have led elsewhere."""
    others = [doubt.needs for doubt in doubts if doubt.target != decision.target]
    return replace(decision, needs=decision.needs.union(*others)) if others else decision
