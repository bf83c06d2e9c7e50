"""A verdict weighed: what the gate and the breakers leave of it, and whether it can stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from butler.engine.call import Call, Replay, Target, Verdict
from butler.engine.plan import Gate, Plan


@dataclass(frozen=True, slots=True)
class Weighed:
    """A verdict with its plan; `why_not` says why the next one is asked instead, if it is."""

    verdict: Verdict
    plan: Plan
    why_not: str | None
    kept_away: tuple[Target, ...] = ()

    @property
    def target(self) -> Target | None:
        """The target that would be asked first."""
        awake = [target for target in self.plan.targets if target not in self.kept_away]
        return next(iter(awake or self.plan.targets), None)

    @property
    def note(self) -> str:
        """What was left out, for the trace; empty where nothing was."""
        told = [f"{refused} (not tried)" for refused in self.plan.refused]
        told += [f"the breaker keeps calls away from {target}" for target in self.kept_away]
        if self.plan.warning is not None:
            told.append(self.plan.warning)
        return "; ".join(told)


@runtime_checkable
class Ranks(Protocol):
    """A layer that knows what it would have decided otherwise."""

    def others(self, call: Call, besides: Verdict) -> Iterator[Weighed]:
        """Give what comes after a verdict of this layer, in order."""


def weigh(call: Call, verdict: Verdict, gate: Gate) -> Weighed:
    """Ask gate and breakers about a verdict's targets.

    It does not stand where none of them may or can serve the call, or all are kept away from.
    A kept answer always stands: nobody is asked for it.
    """
    if isinstance(verdict, Replay):
        return Weighed(verdict, Plan(verdict.targets), None)
    plan = gate(call, verdict.targets, verdict)
    live = call.runtime.live
    kept_away = tuple(target for target in plan.targets if live.is_open(target))
    return Weighed(verdict, plan, _why_not(plan, kept_away), kept_away)


def _why_not(plan: Plan, kept_away: tuple[Target, ...]) -> str | None:
    if not plan.targets:
        return "; ".join(map(str, plan.refused)) or "it has no target that is there"
    if plan.warning is not None:
        return plan.warning
    if len(kept_away) == len(plan.targets):
        return "breakers keep calls away from " + ", ".join(map(str, kept_away))
    return None
