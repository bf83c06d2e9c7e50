"""Drafts tried on past calls, as they travel: what would have gone elsewhere, and for how much.

Nothing is stored and no model is called. What the log can not tell is counted as unknown, never
as no: `needs` says what it would take, which is `words` (texts that were not kept), `moment` (how
targets were doing then), or `meaning` (layers that were not asked then).
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field, JsonValue

from butler.contract.resources import Prices, RuleIn, TargetName, Written
from butler.contract.rule_sets import RuleSetItem

MOST_CALLS = 20_000
Need = Literal["words", "moment", "meaning"]


class EffectIn(Written):
    """A rule to try on the latest `calls` that were routed; with `id` it replaces that rule."""

    rule: RuleIn
    id: str | None = None
    calls: Annotated[int, Field(ge=1, le=2_000)] = 500


class Taken(BaseModel):
    """Calls that would have been decided by somebody else: a layer, and its rule if it is one."""

    layer: str
    rule: str | None
    calls: int


class EffectHit(BaseModel):
    """A past call that the rule holds for; `text` is there where the words were kept.

    `decides` is false where a rule before it takes the call, or no target of it can serve.
    """

    id: str
    started_at: datetime
    client: str | None
    task: str | None
    text: str | None
    reason: str
    words: list[str]
    score: float | None
    layer: str
    rule: str | None
    before: str | None
    target: str | None
    decides: bool


class Money(BaseModel):
    """A difference in dollars over the calls that were looked at.

    `plus_minus_usd` is the half width of the 95 % interval that the calls' own spread leaves,
    None for a single call; `per_day_usd` is there where the calls span at least a day.
    """

    usd: Decimal
    plus_minus_usd: Decimal | None
    per_day_usd: Decimal | None
    per_day_plus_minus_usd: Decimal | None
    calls: int
    unpriced: int


class Effect(BaseModel):
    """What a rule would have done to past calls.

    `matched` hold; `decided` of them would have been decided by it, of `undecided` ones nobody
    can tell who would have been first; `unknown` counts all of which something is not known.
    `texts_kept` says how many of the calls have their words in the log.
    """

    calls: int
    since_at: datetime | None
    matched: int
    decided: int
    undecided: int
    unknown: int
    needs: list[Need]
    texts_kept: int
    taken: list[Taken]
    cost: Money
    hits: list[EffectHit]


class ReplayIn(Written):
    """A draft, all that differs from what is in force, to try on the latest routed calls.

    `rules` are all rules that there would be, `settings` those to change (thresholds and the
    like), `prices` those of some targets.
    """

    rules: list[RuleSetItem] | None = None
    settings: dict[str, JsonValue] = Field(default_factory=dict)
    prices: dict[TargetName, Prices] = Field(default_factory=dict)
    default_target: TargetName | None = None
    calls: Annotated[int, Field(ge=1, le=MOST_CALLS)] = 2_000


class Move(BaseModel):
    """Calls that would go from one model to another, and what that comes to.

    `usd` is of those calls whose costs are known, None where no call's are.
    """

    source: str | None
    target: str | None
    source_by: str
    target_by: str
    calls: int
    usd: Decimal | None


class Latency(BaseModel):
    """How much longer (or shorter) a call that moves is to be expected to take, on average.

    From how long the models took for past calls; `plus_minus_ms` is the half width of the 95 %
    interval. Calls whose models have answered too seldom are left out and counted.
    """

    ms: float | None
    plus_minus_ms: float | None
    calls: int
    unknown: int


class MovedCall(BaseModel):
    """One call that would go elsewhere."""

    id: str
    started_at: datetime
    task: str | None
    text: str | None
    source: str | None
    target: str | None
    source_by: str
    target_by: str
    before_usd: Decimal | None
    after_usd: Decimal | None


class RuleShare(BaseModel):
    """How many of the calls a rule of the draft would decide, and now decides."""

    rule: str
    before: int
    after: int


class Replayed(BaseModel):
    """What a draft would have changed; `moved` are the calls whose cost changes most."""

    calls: int
    since_at: datetime | None
    changed: int
    unknown: int
    needs: list[Need]
    texts_kept: int
    moves: list[Move]
    cost: Money
    latency: Latency
    moved: list[MovedCall]
    rules: list[RuleShare]


class ReplayLine(BaseModel):
    """One line of the answer while it is worked out: how far it is, and at last the result."""

    done: int
    of: int
    replayed: Replayed | None = None
