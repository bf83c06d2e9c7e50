"""Ids of stored things: sortable by the time of making, not guessable, easy to read aloud."""

import os
import time

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Thirty-two signs without i, l, o and u: none is mistaken for another."""
_PAIRS = tuple(first + second for first in _LETTERS for second in _LETTERS)
_RANDOM_BITS = 70
_SHIFTS = range(110, -1, -10)


def new_id(prefix: str) -> str:
    """Make an id such as `rule_…`: microseconds since 1970, then 70 random bits."""
    chance = int.from_bytes(os.urandom(9)) >> 2
    number = time.time_ns() // 1_000 << _RANDOM_BITS | chance
    # 55 bits of time and 70 of chance make 25 letters of 5 bits: one, then twelve pairs.
    pairs = [_PAIRS[number >> shift & 1023] for shift in _SHIFTS]
    return f"{prefix}_{_LETTERS[number >> 120]}{''.join(pairs)}"
