"""What two configurations come to over many calls: moves, money, time, and what is unknown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from butler.contract.replay import Latency, Money, Move, MovedCall, Need, Replayed, RuleShare
from butler.engine.assistant.past.spread import Spread, plus_minus
from butler.engine.assistant.past.trial import Compared
from butler.engine.call import Target
from butler.engine.store.requests import RequestRecord

_MOST_MOVED = 50
_FEWEST_ANSWERS = 5
_DAY = timedelta(days=1)
_MILLIONTH = Decimal("0.000001")
_Way = tuple[str | None, str | None, str, str]


@dataclass(slots=True)
class MoneySum:
    """Differences in dollars over calls."""

    spread: Spread = field(default_factory=Spread)
    usd: Decimal = Decimal(0)
    unpriced: int = 0

    def add(self, usd: Decimal | None) -> None:
        """Take in one call's difference; None is not known."""
        if usd is None:
            self.unpriced += 1
            return
        self.usd += usd
        self.spread.add(float(usd))

    def told(self, lasted: timedelta) -> Money:
        """Return the sum as it travels; by the day where the calls span one at least."""
        days = lasted / _DAY
        half = self.spread.sum_plus_minus
        by_day = days >= 1
        return Money(
            usd=_rounded(self.usd),
            plus_minus_usd=None if half is None else _rounded(Decimal(half)),
            per_day_usd=_rounded(self.usd / Decimal(days)) if by_day else None,
            per_day_plus_minus_usd=(
                _rounded(Decimal(half / days)) if by_day and half is not None else None
            ),
            calls=self.spread.count,
            unpriced=self.unpriced,
        )


@dataclass(slots=True)
class Seen:
    """Which calls were looked at, and what could not be told of them."""

    calls: int = 0
    unknown: int = 0
    texts_kept: int = 0
    needs: set[Need] = field(default_factory=set)
    first_at: datetime | None = None
    last_at: datetime | None = None

    def add(self, compared: Compared) -> None:
        """Take one call in."""
        at = compared.past.row.started_at
        self.calls += 1
        self.texts_kept += compared.past.text is not None
        self.first_at = at if self.first_at is None else min(at, self.first_at)
        self.last_at = at if self.last_at is None else max(at, self.last_at)

    def doubt(self, needs: Iterable[Need]) -> None:
        """Note that the last call is unknown, and what it would take."""
        self.unknown += 1
        self.needs.update(needs)

    @property
    def lasted(self) -> timedelta:
        """The time between the first and the last call."""
        if self.first_at is None or self.last_at is None:
            return timedelta(0)
        return self.last_at - self.first_at


class ReplaySum:
    """Adds up what a draft would have changed."""

    def __init__(self) -> None:
        self._seen = Seen()
        self._money = MoneySum()
        self._ways: Counter[_Way] = Counter()
        self._way_usd: dict[_Way, Decimal] = {}
        self._moved: list[Compared] = []
        self._times: dict[str, Spread] = {}
        self._rules: tuple[Counter[str], Counter[str]] = (Counter(), Counter())

    def add(self, compared: Compared) -> None:
        """Take one call in."""
        self._seen.add(compared)
        self._time(compared.past.row)
        for counted, decision in zip(self._rules, (compared.before, compared.after), strict=True):
            if decision.rule is not None and not decision.needs:
                counted[decision.rule] += 1
        if compared.needs:
            self._seen.doubt(compared.needs)
            return
        self._money.add(compared.usd)
        if compared.moves:
            self._note(compared)

    def told(self) -> Replayed:
        """Return what it comes to."""
        seen = self._seen
        before, after = self._rules
        moved = sorted(self._moved, key=_weight, reverse=True)[:_MOST_MOVED]
        return Replayed(
            calls=seen.calls,
            since_at=seen.first_at,
            changed=len(self._moved),
            unknown=seen.unknown,
            needs=sorted(seen.needs),
            texts_kept=seen.texts_kept,
            moves=[self._move(way, calls) for way, calls in self._ways.most_common()],
            cost=self._money.told(seen.lasted),
            latency=self._latency(),
            moved=[_moved(compared) for compared in moved],
            rules=[
                RuleShare(rule=name, before=before[name], after=after[name])
                for name in sorted(before.keys() | after.keys())
            ],
        )

    def _time(self, row: RequestRecord) -> None:
        """Learn how long models take, from answers that came at the first attempt."""
        is_plain = row.status < 400 and len(row.attempts) == 1 and row.target is not None
        if is_plain and row.target is not None:
            self._times.setdefault(row.target, Spread()).add(row.duration_ms)

    def _note(self, compared: Compared) -> None:
        way = _way(compared)
        self._ways[way] += 1
        self._moved.append(compared)
        if compared.usd is not None:
            self._way_usd[way] = self._way_usd.get(way, Decimal(0)) + compared.usd

    def _move(self, way: _Way, calls: int) -> Move:
        source, target, source_by, target_by = way
        usd = self._way_usd.get(way)
        return Move(
            source=source,
            target=target,
            source_by=source_by,
            target_by=target_by,
            calls=calls,
            usd=None if usd is None else _rounded(usd),
        )

    def _latency(self) -> Latency:
        """Return the mean difference over the calls that move, by the models' own means."""
        total, known = 0.0, 0
        weights: Counter[str] = Counter()
        for (source, target, *_), calls in self._ways.items():
            old, new = self._usual(source), self._usual(target)
            if source is None or target is None or old is None or new is None:
                continue
            total += calls * (new.mean - old.mean)
            weights[target] += calls
            weights[source] -= calls
            known += calls
        if not known:
            return Latency(ms=None, plus_minus_ms=None, calls=0, unknown=len(self._moved))
        spread = (
            (weight / known) ** 2 * self._times[name].mean_variance
            for name, weight in weights.items()
        )
        return Latency(
            ms=round(total / known, 1),
            plus_minus_ms=round(plus_minus(spread), 1),
            calls=known,
            unknown=len(self._moved) - known,
        )

    def _usual(self, target: str | None) -> Spread | None:
        found = self._times.get(target or "")
        return found if found is not None and found.count >= _FEWEST_ANSWERS else None


def _way(compared: Compared) -> _Way:
    before, after = compared.before, compared.after
    return _shown(before.target), _shown(after.target), before.by, after.by


def _weight(compared: Compared) -> Decimal:
    """Order by the change in cost; what is unpriced comes last."""
    return Decimal(-1) if compared.usd is None else abs(compared.usd)


def _moved(compared: Compared) -> MovedCall:
    row = compared.past.row
    source, target, source_by, target_by = _way(compared)
    return MovedCall(
        id=row.id,
        started_at=row.started_at,
        task=row.task,
        text=compared.past.text,
        source=source,
        target=target,
        source_by=source_by,
        target_by=target_by,
        before_usd=compared.before_usd,
        after_usd=compared.after_usd,
    )


def _shown(target: Target | None) -> str | None:
    return None if target is None else str(target)


def _rounded(usd: Decimal) -> Decimal:
    return usd.quantize(_MILLIONTH)
