"""What each rule did in a stretch of time, and which rules do nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import Rule
from butler.contract.statistics import Group, Statistics
from butler.desktop.models.spans import Span

PERIODS: Mapping[str, Span] = {
    "day": Span("hour", 24, "%H:%M"),
    "week": Span("day", 7, "%m-%d"),
    "month": Span("day", 30, "%m-%d"),
    "quarter": Span("week", 12, "%m-%d"),
}
"""How far back one can look; the texts under `rules.hits.period` say it in words."""
_NOT_ROUTED = frozenset({"direct", ""})
"""Layers of calls whose model nobody chose here: named by the tool, or refused before."""
_UNABLE = frozenset({ProblemCode.NEVER_HOLDS, ProblemCode.SHADOWED, ProblemCode.DUPLICATE})


class Standing(StrEnum):
    """How a rule stands; the texts under `rules.hits.is` say it in a word or two."""

    IN_USE = "in_use"
    UNUSED = "unused"
    NEVER = "never"
    BROKEN = "broken"
    UNABLE = "unable"
    OFF = "off"
    GONE = "gone"

    @property
    def dead(self) -> bool:
        """Whether it was never of use, or can not be."""
        return self in {Standing.NEVER, Standing.BROKEN, Standing.UNABLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHits:
    """A rule and what it did. Shares are from 0 to 1, None of nothing.

    `share` is of all calls whose model was chosen here. `hits_by_slot` has a count for each slot
    of the period; `reason` says what is wrong with the rule.
    """

    id: str
    name: str
    place: int
    standing: Standing
    reason: Problem | None
    hit_ever: bool
    hits: int
    share: float | None
    hits_by_slot: tuple[int, ...]
    last_at: datetime | None
    median_ms: float | None
    cost_usd: Decimal | None
    unpriced: int
    saved_usd: Decimal | None
    fallback_share: float | None
    error_share: float | None


@dataclass(frozen=True, slots=True)
class HitReport:
    """All rules, those that did most first; when slots begin; and the figures over all."""

    rules: tuple[RuleHits, ...]
    slots: tuple[datetime, ...]
    routed: int
    """Calls whose model was chosen here, by rules or otherwise."""

    @property
    def hits(self) -> int:
        """How many calls rules decided."""
        return sum(rule.hits for rule in self.rules)

    @property
    def cost_usd(self) -> Decimal:
        """What they cost, as far as it is known."""
        return sum((rule.cost_usd or Decimal(0) for rule in self.rules), Decimal(0))

    @property
    def saved_usd(self) -> Decimal | None:
        """What they saved; None where there is nothing to compare with."""
        known = [rule.saved_usd for rule in self.rules if rule.saved_usd is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def unused(self) -> int:
        """How many rules are switched on and had no hit."""
        idle = {Standing.OFF, Standing.GONE}
        return sum(not rule.hits and rule.standing not in idle for rule in self.rules)

    @property
    def off(self) -> int:
        """How many rules are switched off."""
        return sum(rule.standing is Standing.OFF for rule in self.rules)

    @property
    def dead(self) -> int:
        """How many rules were never of use, or can not be."""
        return sum(rule.standing.dead for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the engine said: by rule in the period, by rule ever, by layer in the period.

    `ever` is of all tokens; where one is chosen, its times are not told for others.
    """

    period: Statistics
    ever: Statistics
    layers: Statistics
    one_token: bool


def hit_report(rules: Sequence[Rule], asked: Asked) -> HitReport:
    """Put together what each rule did, those without hits and those that are gone included."""
    routed = sum(
        group.counts.requests for group in asked.layers.groups if group.key not in _NOT_ROUTED
    )
    series = asked.period.series
    slots = tuple(series.starts_at) if series else ()
    lines = {line.key: tuple(line.requests) for line in (series.lines if series else ())}
    nothing = (0,) * len(slots)
    found = [
        _hits(place, seen, lines.get(seen.id, nothing), routed)
        for place, seen in enumerate(_seen(rules, asked))
    ]
    return HitReport(tuple(sorted(found, key=lambda each: -each.hits)), slots, routed)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A rule as it is now, unless it is gone; its calls in the period; when it hit, if known."""

    id: str
    rule: Rule | None
    group: Group | None
    hit_ever: bool
    last_at: datetime | None


def _seen(rules: Sequence[Rule], asked: Asked) -> Iterator[_Seen]:
    period = {group.key: group for group in asked.period.groups if group.key}
    ever = {group.key: group for group in asked.ever.groups if group.key}
    known = {rule.id: rule for rule in rules}
    for id_ in dict.fromkeys((*known, *period)):
        times = [period.get(id_), None if asked.one_token else ever.get(id_)]
        last_at = next((group.last_at for group in times if group and group.last_at), None)
        yield _Seen(id_, known.get(id_), period.get(id_), id_ in ever, last_at)


def _hits(place: int, seen: _Seen, by_slot: tuple[int, ...], routed: int) -> RuleHits:
    counts = seen.group.counts if seen.group else None
    spread = seen.group.spread if seen.group else None
    hits = counts.requests if counts else 0
    return RuleHits(
        id=seen.id,
        name=seen.rule.name if seen.rule else seen.group.label if seen.group else seen.id,
        place=place,
        standing=_standing(seen),
        reason=_reason(seen.rule),
        hit_ever=seen.hit_ever,
        hits=hits,
        share=_share(hits, routed),
        hits_by_slot=by_slot,
        last_at=seen.last_at,
        median_ms=spread.duration_ms.p50 if spread and spread.duration_ms else None,
        cost_usd=counts.cost_usd if counts else None,
        unpriced=counts.unpriced if counts else 0,
        saved_usd=seen.group.saved_usd if seen.group else None,
        fallback_share=_share(counts.fallbacks, hits) if counts else None,
        error_share=_share(counts.errors, hits) if counts else None,
    )


def _standing(seen: _Seen) -> Standing:
    rule = seen.rule
    if rule is None:
        return Standing.GONE
    if not rule.enabled:
        return Standing.OFF
    if rule.problems:
        return Standing.BROKEN
    if _reason(rule):
        return Standing.UNABLE
    if not seen.hit_ever:
        return Standing.NEVER
    return Standing.IN_USE if seen.group else Standing.UNUSED


def _reason(rule: Rule | None) -> Problem | None:
    """Return why a rule can not be of use; a mere overlap with another is no reason."""
    unable = [each for each in rule.findings if each.code in _UNABLE] if rule else []
    return next(iter((*rule.problems, *unable)), None) if rule else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
