"""How long an answer may be: as long as its model can write, and as its context leaves room."""

from butler.engine.call import Call, Target
from butler.engine.providers.families import family_of

_MARGIN = 1.15
"""How much longer than estimated a request may be, so that its answer still fits."""
_LEAST_ROOM_TOKENS = 1024


def room(call: Call, target: Target) -> int | None:
    """Return the most tokens that an answer may have; None where nobody knows."""
    facts, family = call.runtime.facts(target), family_of(target.model)
    longest = facts.output_tokens or family.output_tokens
    context = facts.context_tokens or family.context_tokens
    if longest is None or context is None:
        return longest
    left = context - int(call.known.input_tokens * _MARGIN)
    return max(min(longest, left), _LEAST_ROOM_TOKENS)


def within(limit: int | None, room_tokens: int | None) -> int | None:
    """Return a request's limit, no higher than there is room: tools ask for the most there is."""
    if limit is None or room_tokens is None:
        return limit
    return min(limit, room_tokens)
