"""Entries for the tests of the exact cache."""

import time
from datetime import UTC, datetime

from butler.engine.caches.exact.entry import Entry
from butler.engine.caches.exact.key import Keys
from butler.engine.kept import KeptAnswer, KeptCall

CALLS = (KeptCall("call_1", "weather", '{"city": "Paris"}'),)


def key(number: int) -> bytes:
    """The key of some request."""
    return number.to_bytes(20, "big")


def keys(number: int) -> Keys:
    """The same, for a request into which nothing was injected."""
    return Keys(key(number), key(number), key(number))


def entry(text: str = "Paris.", *, left_s: float = 60, generation: str = "") -> Entry:
    """An answer that is good for a while."""
    answer = KeptAnswer("acme", "a/b", text, CALLS, "stop", 3, None, datetime.now(UTC))
    return Entry(answer, bytes(20), generation, time.time() + left_s)
