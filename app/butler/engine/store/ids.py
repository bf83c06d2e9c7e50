"""Ids of stored things: sortable by the time of making, not guessable, easy to read aloud."""

import secrets
import time

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Thirty-two signs without i, l, o and u: none is mistaken for another."""
_TIME_LETTERS = 11
_RANDOM_LETTERS = 14


def new_id(prefix: str) -> str:
    """Make an id such as `rule_…`: microseconds since 1970, then 70 random bits."""
    microseconds = time.time_ns() // 1_000
    chance = secrets.randbits(5 * _RANDOM_LETTERS)
    return f"{prefix}_{_spell(microseconds, _TIME_LETTERS)}{_spell(chance, _RANDOM_LETTERS)}"


def _spell(number: int, length: int) -> str:
    """Write a number in base 32 with leading zeros, so that text order is number order."""
    return "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(length)))
