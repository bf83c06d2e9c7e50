"""One past call under two configurations: who decides in each, and what that costs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from butler.contract.replay import Need
from butler.engine.assistant.past.calls import PastCall, recalled
from butler.engine.assistant.past.deciding import Decider, Decision
from butler.engine.assistant.view import ConfigurationView
from butler.engine.call import Usage
from butler.engine.dialects.base import Dialect
from butler.engine.ledger.prices import cost_at
from butler.engine.store.measures import CACHE_LAYERS
from butler.engine.store.requests import RequestRecord
from butler.engine.store.rules import RuleRecord

_FREE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Compared:
    """One call: who decides it now, who would, and the dollars of both; None where unpriced."""

    past: PastCall
    before: Decision
    after: Decision
    before_usd: Decimal | None
    after_usd: Decimal | None

    @property
    def usd(self) -> Decimal | None:
        """The difference in dollars: none where nothing moves, None where it is not known."""
        if self.before_usd is not None and self.after_usd is not None:
            return self.after_usd - self.before_usd
        return Decimal(0) if self.before_usd is self.after_usd and not self.moves else None

    @property
    def needs(self) -> frozenset[Need]:
        """What it would take to be certain about it."""
        return self.before.needs | self.after.needs

    @property
    def moves(self) -> bool:
        """Whether it would surely be answered by another model, or by a cache, or no more so."""
        if self.needs:
            return False
        before, after = self.before, self.after
        return (before.target, before.is_kept) != (after.target, after.is_kept)


class Trial:
    """What is in force against a draft, over calls from the oldest on."""

    def __init__(
        self, now: ConfigurationView, draft: ConfigurationView, dialects: Mapping[str, Dialect]
    ) -> None:
        stored = {rule.id: rule for rule in now.snapshot.rules}
        proposed = {rule.id: rule for rule in draft.snapshot.rules}
        same = {
            id_: rule.updated_at
            for id_, rule in stored.items()
            if id_ in proposed and _asks_alike(rule, proposed[id_])
        }
        self.before = Decider(now, {id_: rule.updated_at for id_, rule in stored.items()})
        self.after = Decider(draft, same)
        self._dialects = dialects
        self._callers = {caller.id: caller for caller in now.tokens.values()}

    def compare(
        self, rows: Iterable[RequestRecord], words: Mapping[str, bytes]
    ) -> Iterator[Compared]:
        """Give each call with both decisions; `words` are the opened texts that were kept."""
        for row in rows:
            past = recalled(row, words.get(row.id), self._dialects, self.before.view, self._callers)
            before, after = self._before(past), self.after.decide(past)
            yield Compared(
                past,
                before,
                after,
                _usd(self.before.config, row, before),
                _usd(self.after.config, row, after),
            )

    def _before(self, past: PastCall) -> Decision:
        """Say who decides now; where that can not be told, who did then: at least that is known."""
        decided = self.before.decide(past)
        if not decided.needs:
            return decided
        return self.before.as_it_was(past, is_kept=past.row.layer in CACHE_LAYERS)


def _asks_alike(one: RuleRecord, other: RuleRecord) -> bool:
    """Say whether two versions of a rule hold for the same calls and stand at the same place."""
    return (
        one.conditions == other.conditions
        and one.enabled == other.enabled
        and one.priority == other.priority
        and [target.label for target in one.targets[:1]]
        == [target.label for target in other.targets[:1]]
    )


def _usd(config: ConfigurationView, row: RequestRecord, decision: Decision) -> Decimal | None:
    """Return what a call's own tokens cost where it goes, at today's prices; None if unpriced.

    What was read from a vendor's cache is taken to be there at another one's, too.
    """
    if decision.is_kept:
        return _FREE
    if decision.target is None:
        return None
    price = config.facts(decision.target).price
    if price is None or row.input_tokens is None or row.output_tokens is None:
        return None
    usage = Usage(
        row.input_tokens,
        row.output_tokens,
        row.cached_tokens,
        row.reasoning_tokens,
        cache_write_tokens=row.cache_write_tokens,
    )
    return cost_at(price, usage).usd
