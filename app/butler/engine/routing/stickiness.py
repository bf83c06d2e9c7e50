"""Whether to stay with a model whose prompt cache holds the conversation: a matter of prices."""

from dataclasses import dataclass
from decimal import Decimal

from butler.engine.call import Call, Price, Target
from butler.engine.routing.estimate import estimate
from butler.engine.routing.pins import Pin

_PER_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Stickiness:
    """How conversations stick: not at all, for how long, from how many tokens on."""

    is_on: bool = True
    idle_s: int = 300
    least_tokens: int = 1_024


@dataclass(frozen=True, slots=True)
class Choice:
    """To stay or to go, and why."""

    stays: bool
    reason: str


def choose(call: Call, pin: Pin, other: Target, rules: Stickiness) -> Choice:
    """Compare one more turn at the pinned target with the same turn elsewhere.

    What is read from a cache is cheaper there; elsewhere all of it is read anew. Where the
    other target costs more by its list price, somebody wants it for its worth: that is
    followed.
    """
    idle_s = (call.started_ns - pin.asked_ns) / 1e9
    if idle_s > rules.idle_s:
        return Choice(False, f"the last turn was {idle_s / 60:.0f} minutes ago")
    if pin.prefix_tokens < rules.least_tokens:
        return Choice(False, f"only about {pin.prefix_tokens:,} tokens may be cached")
    stay, go = _staying_usd(call, pin), estimate(call, other).usd
    if stay is None or go is None:
        return Choice(False, "prices that would tell are not known")
    listed = estimate(call, pin.target).usd
    if listed is not None and go > listed:
        return Choice(False, f"{other} costs more, so it is asked for its worth")
    told = f"staying costs about ${stay:.4f}, {other} ${go:.4f}"
    return Choice(stay <= go, told)


def _staying_usd(call: Call, pin: Pin) -> Decimal | None:
    found = estimate(call, pin.target)
    price: Price | None = found.price
    if price is None or price.cached_usd is None or price.input_usd is None or found.usd is None:
        return None
    cached = min(pin.prefix_tokens, found.input_tokens)
    return found.usd - (price.input_usd - price.cached_usd) * cached / _PER_MILLION
