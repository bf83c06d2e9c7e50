"""What the owner is told of the arbiter: how it is, and what would help where it is not well."""

import math
from typing import TYPE_CHECKING

from butler.contract.arbiter import Arbiter, ArbiterPull
from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import Check
from butler.engine.arbiter.choice import Choice
from butler.engine.arbiter.pulling import Pull
from butler.engine.arbiter.standing import Phase, Standing
from butler.engine.arbiter.timing import Timing
from butler.engine.errors import problem

if TYPE_CHECKING:
    from butler.engine.admin.control import Control

_LONGEST_BUDGET_MS = 10_000
_SPARE = 1.2
"""How much longer than nearly every answer a budget should be."""


def arbiter_row(control: "Control", standing: Standing) -> Arbiter:
    """Return the arbiter as it travels."""
    arbiter, choice = control.arbiter, Choice.of(control.changes.runtime.settings)
    timing = arbiter.inquiries.timing
    pull = arbiter.pulling.latest
    return Arbiter(
        phase=standing.phase.value,
        reason=standing.reason,
        place=standing.place.value,
        kind=choice.kind,
        url=choice.url,
        model=choice.model,
        budget_ms=choice.budget_ms,
        least_percent=round(choice.least * 100),
        answers=timing.count,
        p50_ms=_rounded(timing.percentile(50)),
        p95_ms=_rounded(timing.percentile(95)),
        remembered=len(arbiter.inquiries.memory),
        looks_again_at=standing.looks_again_at,
        pull=None if pull is None else _pull_row(pull),
        problems=findings(standing, choice, timing),
    )


def check(control: "Control", standing: Standing) -> Check:
    """Return the doctor's line; an arbiter that nobody has set up is none that is broken."""
    choice = Choice.of(control.changes.runtime.settings)
    found = findings(standing, choice, control.arbiter.inquiries.timing)
    detail = f"{standing.phase.value.replace('_', ' ')}: {standing.reason}"
    if standing.phase is Phase.ABSENT:
        detail = f"{detail} ({choice.url}); it is optional"
    return Check(name="arbiter", ok=not found, detail=detail, problems=found)


def alerts(control: "Control") -> list[Problem]:
    """Return what the desktop should show: what only the owner can mend."""
    standing, timing = control.arbiter.standing, control.arbiter.inquiries.timing
    if standing.phase is Phase.NO_MODEL:
        return []
    return findings(standing, Choice.of(control.changes.runtime.settings), timing)


def findings(standing: Standing, choice: Choice, timing: Timing) -> list[Problem]:
    """Return what is wrong, if anything, and what would help."""
    match standing.phase:
        case Phase.SLOW:
            return [_slow(standing, choice, timing)]
        case Phase.NO_MODEL:
            said = f"The arbiter's model {choice.model} is not at {choice.url}."
            hint = "`butler arbiter pull` fetches it; `arbiter.model` names another."
            if choice.kind != "ollama":
                hint = "Load it there, or name another with `arbiter.model`."
            return [problem(ProblemCode.ARBITER_NO_MODEL, said, hint, "arbiter.model")]
        case Phase.FAILING | Phase.FORBIDDEN:
            said = f"The arbiter at {choice.url} is not asked: {standing.reason}."
            hint = "`butler arbiter test` says more; `arbiter.enabled` switches it off."
            if standing.phase is Phase.FORBIDDEN:
                hint = (
                    "Name a server of yours with `arbiter.url`, or allow `arbiter.may_be_public`."
                )
            return [problem(ProblemCode.ARBITER_FAILED, said, hint, "arbiter.url")]
        case _:
            return []


def _slow(standing: Standing, choice: Choice, timing: Timing) -> Problem:
    p50, p95 = timing.percentile(50), timing.percentile(95)
    measured = standing.reason
    ways = "a smaller model (`arbiter.model`), or none (`arbiter.enabled false`)"
    if p50 is not None and p95 is not None:
        measured = f"half of {timing.count} answers took longer than {p50:.0f} ms"
        enough_ms = math.ceil(p95 * _SPARE / 10) * 10
        if enough_ms <= _LONGEST_BUDGET_MS:
            ways = f"a longer budget (`butler setting set arbiter.budget_ms {enough_ms}`), {ways}"
    return problem(
        ProblemCode.ARBITER_SLOW,
        f"The arbiter can not answer within {choice.budget_ms} ms here: {measured}.",
        f"What would help: {ways}.",
        "arbiter.budget_ms",
    )


def _pull_row(pull: Pull) -> ArbiterPull:
    return ArbiterPull(
        model=pull.model,
        status=pull.progress.status,
        share=pull.progress.share,
        running=pull.is_running,
        error=pull.error,
    )


def _rounded(ms: float | None) -> float | None:
    return None if ms is None else round(ms, 1)
