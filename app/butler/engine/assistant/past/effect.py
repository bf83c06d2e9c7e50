"""What one rule would have done to past calls, before it is stored."""

from collections import Counter

from butler.contract.replay import Effect, EffectHit, Taken
from butler.engine.assistant.past.judging import Unknown
from butler.engine.assistant.past.sums import MoneySum, Seen
from butler.engine.assistant.past.trial import Compared, Trial
from butler.engine.routing.conditions.base import Match
from butler.engine.routing.rules import CompiledRule

_MOST_HITS = 100


class EffectSum:
    """Adds up what one rule of a draft would have done."""

    def __init__(self, trial: Trial, rule: CompiledRule) -> None:
        self._trial = trial
        self._rule = rule
        self._seen = Seen()
        self._money = MoneySum()
        self._matched = self._decided = self._undecided = 0
        self._taken: Counter[tuple[str, str | None]] = Counter()
        self._hits: list[EffectHit] = []

    def add(self, compared: Compared) -> None:
        """Take one call in."""
        self._seen.add(compared)
        after = compared.after
        judged = self._trial.after.holds(self._rule, compared.past)
        if isinstance(judged, Unknown) and not after.is_kept:
            # What a cache answers asks no rule: there is nothing to know.
            self._seen.doubt(judged.needs)
        if not compared.needs:
            self._money.add(compared.usd)
        if not isinstance(judged, Match):
            return
        self._matched += 1
        if after.needs:
            # Nobody can tell whether a rule before it takes the call.
            self._undecided += 1
            self._seen.doubt(after.needs)
        decides = after.rule_id == self._rule.id and not after.needs
        if decides:
            self._decided += 1
            before = compared.before
            if before.rule_id != self._rule.id:
                self._taken[(before.layer, before.rule)] += 1
        self._hits.append(_hit(compared, judged, decides=decides))

    def told(self) -> Effect:
        """Return what it comes to, the latest hits first."""
        seen = self._seen
        return Effect(
            calls=seen.calls,
            since_at=seen.first_at,
            matched=self._matched,
            decided=self._decided,
            undecided=self._undecided,
            unknown=seen.unknown,
            needs=sorted(seen.needs),
            texts_kept=seen.texts_kept,
            taken=[
                Taken(layer=layer, rule=rule, calls=calls)
                for (layer, rule), calls in self._taken.most_common()
            ],
            cost=self._money.told(seen.lasted),
            hits=self._hits[: -_MOST_HITS - 1 : -1],
        )


def _hit(compared: Compared, match: Match, *, decides: bool) -> EffectHit:
    row, before, after = compared.past.row, compared.before, compared.after
    return EffectHit(
        id=row.id,
        started_at=row.started_at,
        client=row.client,
        task=row.task,
        text=compared.past.text,
        reason=match.reason,
        words=list(match.words),
        score=None if match.score is None else round(match.score, 4),
        layer=before.layer,
        rule=before.rule,
        before=str(before.target) if before.target else None,
        target=str(after.target) if after.target else None,
        decides=decides,
    )
