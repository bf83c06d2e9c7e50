"""Ids of stored things: sortable by the time of making, not guessable, easy to read aloud."""

import base64
import secrets
import time

_LETTERS = b"0123456789abcdefghjkmnpqrstvwxyz"
"""Thirty-two signs without i, l, o and u: none is mistaken for another."""
_SPELLING = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _LETTERS)
_RANDOM_BITS = 70
_LETTERS_OF_ID = 25


def new_id(prefix: str) -> str:
    """Make an id such as `rule_…`: microseconds since 1970, then 70 random bits."""
    # 55 bits of time and 70 of chance make 25 letters of 5 bits; 3 more bits fill the last byte.
    number = (time.time_ns() // 1_000 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)) << 3
    letters = base64.b32encode(number.to_bytes(16, "big"))[:_LETTERS_OF_ID]
    return f"{prefix}_{letters.translate(_SPELLING).decode()}"
